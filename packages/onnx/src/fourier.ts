import { type Matrix, matrixOf } from "./along-axis.ts";

/**
 * The transform of `count` bins of a signal of `length` values as one real matrix `[length × parts, bins × 2]`, where a value is
 * its real and imaginary part, or the real part alone.
 */
export function fourierMatrix(length: number, parts: number, count: number, bins: number, isInverse: boolean): Matrix {
  const sign = isInverse ? 1 : -1;
  const scale = isInverse ? 1 / count : 1;
  return matrixOf(length * parts, bins * 2, (row, column) => {
    const [at, part] = [Math.floor(row / parts), row % parts];
    const [bin, side] = [Math.floor(column / 2), column % 2];
    if (at >= count) return 0;
    const angle = (sign * 2 * Math.PI * ((at * bin) % count)) / count;
    const [cosine, sine] = [Math.cos(angle) * scale, Math.sin(angle) * scale];
    // (a + bi)(c + si) = (ac − bs) + (as + bc)i
    if (part === side) return cosine;
    return part === 0 ? sine : -sine;
  });
}
