import { float32, type Random, type Tensor } from "@athanor/core";

/** Rows with the shares of the classes that each is of. */
export interface SharedRows {
  /** `[rows, channels, height, width]`. */
  readonly x: Tensor<"uint8"> | Tensor<"float32">;
  /** `[rows, classes]`. */
  readonly y: Tensor<"float32">;
}

/** Makes a batch whose rows are of two rows each; all chance comes from `random`. */
export interface Mix {
  readonly name: string;
  mix(rows: SharedRows, random: Random): SharedRows;
}

/** Shares of classes when each row keeps so much of itself and has the rest from the row before, the first from the last. */
export function mixedShares({ data, shape }: Tensor<"float32">, kept: number): Tensor<"float32"> {
  const classes = shape[1]!;
  return float32(
    data.map((share, i) => kept * share + (1 - kept) * data[(i - classes + data.length) % data.length]!),
    shape,
  );
}

/**
 * A draw from the beta distribution with both parameters `alpha`, at most 1.
 *
 * @see Jöhnk 1964, "Erzeugung von betaverteilten und gammaverteilten Zufallszahlen"
 */
export function beta(alpha: number, random: Random): number {
  for (;;) {
    const [a, b] = [random.uniform() ** (1 / alpha), random.uniform() ** (1 / alpha)];
    if (a + b <= 1 && a + b > 0) return a / (a + b);
  }
}
