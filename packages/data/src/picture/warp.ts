import type { Picture } from "./picture.ts";

/** Where a pixel comes from: `x' = a x + b y`, `y' = c x + d y`, counted from the middle, then moved by `dx` and `dy`. */
export interface Affine {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly dx: number;
  readonly dy: number;
}

/** Moves a picture's pixels, with values between four neighbours; what comes from outside is `fill`. */
export function warp({ channels, height, width, data }: Picture, { a, b, c, d, dx, dy }: Affine, fill = 0): Picture {
  const size = height * width;
  const made = new Uint8Array(data.length);
  const [middleX, middleY] = [(width - 1) / 2, (height - 1) / 2];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const fromX = a * (x - middleX) + b * (y - middleY) + middleX + dx;
      const fromY = c * (x - middleX) + d * (y - middleY) + middleY + dy;
      const [left, top] = [Math.floor(fromX), Math.floor(fromY)];
      const [right, under] = [fromX - left, fromY - top];
      for (let channel = 0; channel < channels; channel++) {
        const plane = channel * size;
        const at = (row: number, column: number) =>
          row >= 0 && row < height && column >= 0 && column < width ? data[plane + row * width + column]! : fill;
        const above = at(top, left) * (1 - right) + at(top, left + 1) * right;
        const below = at(top + 1, left) * (1 - right) + at(top + 1, left + 1) * right;
        made[plane + y * width + x] = above * (1 - under) + below * under + 0.5;
      }
    }
  }
  return { channels, height, width, data: made };
}
