import type { Projection } from "../projection.ts";

/** Entities one relation away, each once, ascending. */
export function neighbours({ ids, indexOf, offsets, targets }: Projection, id: number): readonly number[] {
  const index = indexOf.get(id);
  if (index === undefined) return [];
  return [...new Set(targets.subarray(offsets[index]!, offsets[index + 1]!))]
    .map((target) => ids[target]!)
    .sort((a, b) => a - b);
}
