import { Tensor } from "@athanor/core";
import type { ImageBatch } from "@athanor/data";
import type { ImageSet } from "../task/image-set.ts";

export interface ImageIndex {
  readonly shape: readonly number[];
  readonly labels: readonly string[];
  readonly paths: readonly string[];
}

/** Joins batches into one block of pixels with an index. */
export function storeImages(batches: readonly ImageBatch[]): {
  readonly pixels: Uint8Array;
  readonly index: ImageIndex;
} {
  const [, ...shape] = batches[0]?.pixels.shape ?? [];
  const labels = batches.flatMap((batch) => batch.labels);
  return {
    pixels: Buffer.concat(batches.map(({ pixels }) => pixels.data)),
    index: { shape: [labels.length, ...shape], labels, paths: batches.flatMap((batch) => batch.paths) },
  };
}

export const loadImages = (pixels: Uint8Array, { shape, labels, paths }: ImageIndex): ImageSet => ({
  pixels: new Tensor("uint8", new Uint8Array(pixels), shape),
  labels,
  paths,
});
