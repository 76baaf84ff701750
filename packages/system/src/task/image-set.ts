import type { Tensor } from "@athanor/core";

/** Decoded images of one size with the label of each. */
export interface ImageSet {
  /** `[images, channels, height, width]`, 0 to 255. */
  readonly pixels: Tensor<"uint8">;
  readonly labels: readonly string[];
  readonly paths: readonly string[];
}
