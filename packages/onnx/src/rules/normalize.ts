import type { GraphBuilder, Value } from "../graph/graph-builder.ts";

/** A value centred and scaled to unit variance over some axes, and how a gradient flows back through that. */
export interface Normalized {
  /** n = (x − μ) / σ */
  readonly normal: Value;
  /** 1 / σ */
  readonly inverse: Value;
  /** dx = (dn − mean(dn) − n ⊙ mean(dn ⊙ n)) / σ */
  back(dn: Value): Value;
}

export function normalize(g: GraphBuilder, x: Value, axes: readonly number[], epsilon: number): Normalized {
  const centred = g.sub(x, g.reduceMean(x, axes, true));
  const inverse = g.div(1, g.sqrt(g.add(g.reduceMean(g.mul(centred, centred), axes, true), epsilon)));
  const normal = g.mul(centred, inverse);
  const back = (dn: Value): Value => {
    const along = g.mul(normal, g.reduceMean(g.mul(dn, normal), axes, true));
    return g.mul(inverse, g.sub(g.sub(dn, g.reduceMean(dn, axes, true)), along));
  };
  return { normal, inverse, back };
}

/** Axes from one on. */
export const axesFrom = ({ shape }: Value, first: number): readonly number[] =>
  shape.map((_, axis) => axis).slice(first);
