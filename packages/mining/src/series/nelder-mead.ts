/** Where a function is least, and how little. */
export interface Minimum {
  readonly at: Float64Array;
  readonly value: number;
}

/** How far to step at first, and when to stop. */
export interface DescentOptions {
  readonly step?: number;
  /** Difference over a simplex, relative to the value, at which it has arrived. */
  readonly tolerance?: number;
  readonly maxRestarts?: number;
  readonly pause: () => Promise<void>;
}

/**
 * Finds a low point of a function of a few numbers by moving a simplex downhill; started anew from where it ends until that
 * gains nothing.
 *
 * @see Nelder and Mead 1965, "A simplex method for function minimization"
 */
export async function nelderMead(
  evaluate: (at: Float64Array) => number,
  start: Float64Array,
  { step = 0.5, tolerance = 1e-9, maxRestarts = 8, pause }: DescentOptions,
): Promise<Minimum> {
  let best: Minimum = { at: start, value: evaluate(start) };
  for (let restart = 0; restart < (start.length > 0 ? maxRestarts : 0); restart++) {
    const before = best.value;
    best = await descend(evaluate, best, restart % 2 === 0 ? step : -step / 4, tolerance, pause);
    if (restart > 0 && before - best.value < tolerance * Math.max(1, Math.abs(before))) break;
  }
  return best;
}

async function descend(
  evaluate: (at: Float64Array) => number,
  first: Minimum,
  step: number,
  tolerance: number,
  pause: () => Promise<void>,
): Promise<Minimum> {
  const size = first.at.length;
  const measured = (at: Float64Array): Minimum => {
    const value = evaluate(at);
    return { at, value: Number.isNaN(value) ? Number.POSITIVE_INFINITY : value };
  };
  const corners = [
    first,
    ...Array.from(first.at, (_, axis) => measured(first.at.map((value, i) => value + (i === axis ? step : 0)))),
  ];
  for (let round = 0; round < 400 * size; round++) {
    corners.sort((a, b) => a.value - b.value);
    const [best, worst] = [corners[0]!, corners[size]!];
    if (worst.value - best.value <= tolerance * Math.max(1e-9, Math.abs(best.value))) break;
    const centre = best.at.map((_, i) => corners.slice(0, size).reduce((sum, { at }) => sum + at[i]!, 0) / size);
    const along = (times: number) => measured(centre.map((value, i) => value + times * (worst.at[i]! - value)));
    const mirrored = along(-1);
    if (mirrored.value < best.value) {
      const farther = along(-2);
      corners[size] = farther.value < mirrored.value ? farther : mirrored;
    } else if (mirrored.value < corners[size - 1]!.value) corners[size] = mirrored;
    else {
      const nearer = along(mirrored.value < worst.value ? -0.5 : 0.5);
      if (nearer.value < Math.min(mirrored.value, worst.value)) corners[size] = nearer;
      else
        for (let i = 1; i <= size; i++)
          corners[i] = measured(corners[i]!.at.map((value, j) => (value + best.at[j]!) / 2));
    }
    await pause();
  }
  return corners.reduce((a, b) => (b.value < a.value ? b : a));
}
