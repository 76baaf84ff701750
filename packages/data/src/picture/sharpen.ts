import { eachPlane, type Picture } from "./picture.ts";

/** Sharper above 1, softer below: 0 gives each pixel's mean with its neighbours; the border stays. */
export function sharpen(picture: Picture, factor: number): Picture {
  const { height, width } = picture;
  return eachPlane(picture, (plane, made) => {
    made.set(plane);
    for (let y = 1; y < height - 1; y++) {
      for (let x = 1; x < width - 1; x++) {
        const at = y * width + x;
        let sum = 4 * plane[at]!;
        for (let row = at - width; row <= at + width; row += width)
          sum += plane[row - 1]! + plane[row]! + plane[row + 1]!;
        const soft = sum / 13;
        made[at] = Math.max(0, Math.min(255, soft + factor * (plane[at]! - soft) + 0.5));
      }
    }
  });
}
