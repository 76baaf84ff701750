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

/** The real signal of `count` values behind one side of its spectrum: `[count, bins × 2]`. */
export function realSignalMatrix(bins: number, count: number): Matrix {
  return matrixOf(count, bins * 2, (at, column) => {
    const bin = Math.floor(column / 2);
    if (bin > count / 2) return 0;
    const angle = (2 * Math.PI * ((at * bin) % count)) / count;
    // Every bin but the first and the middle one stands for its mirror image too.
    const share = (bin === 0 || 2 * bin === count ? 1 : 2) / count;
    return share * (column % 2 === 0 ? Math.cos(angle) : -Math.sin(angle));
  });
}
