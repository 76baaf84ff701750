import { int64, type Tensor } from "@athanor/core";
import { type Augmentation, openPictures } from "@athanor/data";
import { type BatchSource, takeRows } from "@athanor/nn";
import { classNumber } from "./class-number.ts";
import type { ImageSet } from "./image-set.ts";

/** Some pictures of a set with their labels as numbers, augmented by threads. */
export function pictureSource(
  set: ImageSet,
  {
    rows,
    labels,
    augmentations = [],
  }: {
    readonly rows: readonly number[];
    readonly labels: readonly string[];
    readonly augmentations?: readonly Augmentation[];
  },
): BatchSource & AsyncDisposable {
  const pixels = takeRows(set.pixels, rows) as Tensor<"uint8">;
  const [, channels, height, width] = pixels.shape as [number, number, number, number];
  const numbers = rows.map((row) => classNumber(set.labels[row]!, labels));
  const pictures = openPictures({ pictures: pixels, shape: { channels, height, width }, augmentations });
  return {
    count: rows.length,
    targets: { dtype: "int64", shape: [] },
    take: async (chosen, random, signal) => ({
      x: await pictures.take(chosen, random, signal),
      y: int64(Array.from(chosen, (i) => numbers[i]!)),
    }),
    [Symbol.asyncDispose]: () => pictures[Symbol.asyncDispose](),
  };
}
