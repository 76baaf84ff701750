import { AthanorError, integer, type OptionInput, real, resolveOptions } from "@athanor/core";
import type { Projection } from "../projection.ts";

const options = {
  damping: real(0.85, "chance to follow a relation rather than to jump anywhere", { min: 0, max: 0.999 }),
  tolerance: real(1e-9, "change of all ranks together at which they count as settled", { min: 0 }),
  maxIterations: integer(1000, "rounds at most", { min: 1 }),
};

/**
 * How often a walker who follows relations and sometimes jumps is at each entity, in the projection's order; sums to 1.
 *
 * Over a projection in direction `out`, relations are followed from where they start; parallel ones count by their
 * number, and an entity without any jumps.
 *
 * @throws `knowledge/not-settled` when the rounds do not suffice
 * @see Brin and Page 1998, "The anatomy of a large-scale hypertextual Web search engine"
 */
export function pageRank({ ids, offsets, targets }: Projection, input: OptionInput<typeof options> = {}): Float64Array {
  const { damping, tolerance, maxIterations } = resolveOptions("pageRank", options, input);
  const count = ids.length;
  let ranks = new Float64Array(count).fill(1 / count);
  let next = new Float64Array(count);
  for (let round = 0; round < maxIterations && count > 0; round++) {
    let stranded = 0;
    next.fill(0);
    for (let i = 0; i < count; i++) {
      const [start, end] = [offsets[i]!, offsets[i + 1]!];
      if (start === end) stranded += ranks[i]!;
      const share = ranks[i]! / (end - start);
      for (let k = start; k < end; k++) next[targets[k]!]! += share;
    }
    // r'ᵢ = (1 − d) / n + d (Σ rⱼ / outⱼ + stranded / n)
    let change = 0;
    for (let i = 0; i < count; i++) {
      next[i] = (1 - damping) / count + damping * (next[i]! + stranded / count);
      change += Math.abs(next[i]! - ranks[i]!);
    }
    [ranks, next] = [next, ranks];
    if (change <= tolerance) return ranks;
  }
  if (count === 0) return ranks;
  throw new AthanorError(
    "knowledge/not-settled",
    `pageRank: expected ranks to settle to ${tolerance} in ${maxIterations} rounds, got more change`,
    { fix: "Raise maxIterations or the tolerance, or lower the damping." },
  );
}
