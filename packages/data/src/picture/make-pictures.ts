import { Random, type RandomState } from "@athanor/core";
import type { ImageShape } from "../decode-image.ts";
import { decodePicture } from "../decode-picture.ts";
import type { Augmentation } from "../define-augmentation.ts";
import { augment } from "./augment.ts";
import type { Picture } from "./picture.ts";
import { resizePart } from "./resize-part.ts";

/** Where pictures are: decoded and of one form, in memory that threads share, or in files. */
export type StoredPictures =
  | ({ readonly pixels: Uint8Array } & ImageShape)
  | { readonly files: readonly (string | Uint8Array)[] };

/** What each thread that makes pictures knows. */
export interface MakingPictures {
  readonly stored: StoredPictures;
  readonly augmentations: readonly Augmentation[];
  readonly shape: ImageShape;
}

/** Some pictures of a batch. */
export interface PictureJob {
  readonly rows: Uint32Array;
  /** Each picture draws from a stream of its place in the batch, so that it does not matter which thread makes it. */
  readonly random: RandomState;
  /** Place of the first in the batch. */
  readonly first: number;
  /** All of the batch. */
  readonly made: Uint8Array;
}

/** @throws `data/broken-image` */
export async function makePictures(
  { stored, augmentations, shape }: MakingPictures,
  { rows, random, first, made }: PictureJob,
): Promise<void> {
  const size = shape.channels * shape.height * shape.width;
  const stream = Random.resume(random);
  for (const [i, row] of rows.entries()) {
    const picture = await read(stored, row, shape.channels);
    const changed = augment(picture, augmentations, stream.split(first + i));
    made.set(fitted(changed, shape).data, (first + i) * size);
  }
}

async function read(stored: StoredPictures, row: number, channels: number): Promise<Picture> {
  if ("files" in stored) return decodePicture("pictures", stored.files[row]!, channels);
  const { pixels, ...shape } = stored;
  const size = shape.channels * shape.height * shape.width;
  return { ...shape, data: pixels.subarray(row * size, (row + 1) * size) };
}

/** The largest part around the middle that has the shape's ratio, brought to the shape. */
function fitted(picture: Picture, { height, width }: ImageShape): Picture {
  if (picture.height === height && picture.width === width) return picture;
  const scale = Math.min(picture.height / height, picture.width / width);
  const [h, w] = [Math.max(1, Math.round(scale * height)), Math.max(1, Math.round(scale * width))];
  const part = { top: (picture.height - h) >> 1, left: (picture.width - w) >> 1, height: h, width: w };
  return resizePart(picture, part, height, width);
}
