import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import type { Dim } from "../model.ts";

/**
 * Turns pairs of an axis by angles: (a, b) → (a cos − b sin, a sin + b cos).
 *
 * @param x `[batch, heads, steps, size]`
 * @param cos `[…, 1, steps, turned / 2]`, which broadcasts against it
 */
export function rotateHalves(
  g: GraphBuilder,
  x: Value,
  cos: Value,
  sin: Value,
  turned: number,
  isInterleaved: boolean,
): Value {
  const size = x.shape[3] as number;
  const [head, rest] =
    turned < size
      ? g.ops("Split", [x, g.constant([turned, size - turned], "int64")], { axis: 3 }, { outputs: 2 })
      : [x];
  const whole = head!.shape;
  const half = turned / 2;
  const axis = isInterleaved ? 4 : 3;
  const paired = isInterleaved ? g.reshape(head!, [...whole.slice(0, 3), half, 2] as Dim[]) : head!;
  const [left, right] = g.ops(
    "Split",
    [paired, g.constant(isInterleaved ? [1, 1] : [half, half], "int64")],
    { axis },
    { outputs: 2 },
  );
  const wide = (value: Value) => (isInterleaved ? g.op("Unsqueeze", [value, g.constant([-1], "int64")]) : value);
  const [c, s] = [wide(cos), wide(sin)];
  const real = g.sub(g.mul(left!, c), g.mul(right!, s));
  const imaginary = g.add(g.mul(left!, s), g.mul(right!, c));
  const joined = g.concat([real, imaginary], axis);
  const result = isInterleaved ? g.reshape(joined, whole) : joined;
  return rest ? g.concat([result, rest], 3) : result;
}
