import type { GradientContext } from "../define-op.ts";
import type { Value } from "../graph/graph-builder.ts";

/** Gradient of the largest or smallest of several operands: the winners share it evenly. */
export function extremumGradient({
  g,
  inputs,
  outputs: [y],
  upstream: [dy],
  wants,
}: GradientContext<Record<never, never>>): readonly (Value | undefined)[] {
  if (inputs.length === 1) return [dy];
  const winners = inputs.map((input) => g.cast(g.equal(input, y!), dy!.dtype));
  const count = winners.length > 2 ? g.op("Sum", winners) : g.add(winners[0]!, winners[1]!);
  const share = g.div(dy!, count);
  return winners.map((winner, i) => (wants(i) ? g.mul(winner, share) : undefined));
}
