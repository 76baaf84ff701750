import type { Graph } from "./open-graph.ts";

/** The graph as typed arrays: the neighbours of the i-th entity lie at `offsets[i] … offsets[i + 1]`, in both directions. */
export interface Projection {
  readonly ids: Float64Array;
  readonly indexOf: ReadonlyMap<number, number>;
  readonly offsets: Uint32Array;
  readonly targets: Uint32Array;
}

/** Projects entities and relations of the named types, all of them when none are named. */
export function projectGraph(
  { connection }: Graph,
  { relationTypes = [] }: { readonly relationTypes?: readonly string[] } = {},
): Projection {
  const ids = Float64Array.from(connection.prepare("select id from entity order by id").pluck().all() as number[]);
  const indexOf = new Map(Array.from(ids, (id, index) => [id, index]));
  const where = relationTypes.length === 0 ? "" : `where type in (${relationTypes.map(() => "?").join(", ")})`;
  const edges = connection
    .prepare(`select "from", "to" from relation ${where} order by id`)
    .raw()
    .all(...relationTypes) as [number, number][];
  const offsets = new Uint32Array(ids.length + 1);
  for (const edge of edges) for (const end of edge) offsets[indexOf.get(end)! + 1]!++;
  for (let i = 0; i < ids.length; i++) offsets[i + 1]! += offsets[i]!;
  const fill = offsets.slice();
  const targets = new Uint32Array(2 * edges.length);
  for (const [a, b] of edges) {
    const [from, to] = [indexOf.get(a)!, indexOf.get(b)!];
    targets[fill[from]!++] = to;
    targets[fill[to]!++] = from;
  }
  return { ids, indexOf, offsets, targets };
}
