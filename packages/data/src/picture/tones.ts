import { eachPlane, type Picture } from "./picture.ts";

/** Share of red, green and blue in how bright a pixel looks. */
const luma = [0.299, 0.587, 0.114] as const;

/** How bright each pixel is. */
export function greyOf({ channels, height, width, data }: Picture): Float32Array {
  const size = height * width;
  const grey = new Float32Array(size);
  for (let i = 0; i < size; i++) {
    if (channels < 3) grey[i] = data[i]!;
    else grey[i] = luma[0] * data[i]! + luma[1] * data[size + i]! + luma[2] * data[2 * size + i]!;
  }
  return grey;
}

const clamped = (value: number): number => (value < 0 ? 0 : value > 255 ? 255 : value + 0.5);

/** Moves each pixel away from a picture of the same size, or one grey: 0 gives that picture, 1 the pixels as they are. */
export function away(picture: Picture, from: Float32Array | number, factor: number): Picture {
  return eachPlane(picture, (plane, made) => {
    for (let i = 0; i < plane.length; i++) {
      const origin = typeof from === "number" ? from : from[i]!;
      made[i] = clamped(origin + factor * (plane[i]! - origin));
    }
  });
}

/** Brighter above 1, darker below. */
export const brighten = (picture: Picture, factor: number): Picture => away(picture, 0, factor);

/** Stronger colours above 1, greyer below. */
export const saturate = (picture: Picture, factor: number): Picture =>
  picture.channels < 3 ? picture : away(picture, greyOf(picture), factor);

/** Farther from the mean grey above 1, nearer below. */
export function contrast(picture: Picture, factor: number): Picture {
  const grey = greyOf(picture);
  return away(picture, Math.round(grey.reduce((sum, each) => sum + each, 0) / grey.length), factor);
}

/** Maps each value of each plane through a table of 256. */
export const mapTones = (picture: Picture, table: (plane: Uint8Array) => ArrayLike<number> | undefined): Picture =>
  eachPlane(picture, (plane, made) => {
    const to = table(plane);
    if (to === undefined) made.set(plane);
    else for (let i = 0; i < plane.length; i++) made[i] = to[plane[i]!]!;
  });
