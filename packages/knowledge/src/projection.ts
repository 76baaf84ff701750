import type { Graph } from "./open-graph.ts";

/** The graph as typed arrays: the neighbours of the i-th entity lie at `offsets[i] … offsets[i + 1]`. */
export interface Projection {
  readonly ids: Float64Array;
  readonly indexOf: ReadonlyMap<number, number>;
  readonly offsets: Uint32Array;
  readonly targets: Uint32Array;
}

export interface ProjectionOptions {
  /** All when none are named. */
  readonly relationTypes?: readonly string[];
  /** Types of entities to leave out, with their relations. */
  readonly withoutTypes?: readonly string[];
  /** `both` makes each end of a relation a neighbour of the other, `out` only its end of its start. */
  readonly direction?: "both" | "out";
}

/** Projects entities and relations into typed arrays. */
export function projectGraph(
  { connection }: Graph,
  { relationTypes = [], withoutTypes = [], direction = "both" }: ProjectionOptions = {},
): Projection {
  const among = (types: readonly string[]) => `(${types.map(() => "?").join(", ")})`;
  const ids = Float64Array.from(
    connection
      .prepare(`select id from entity where type not in ${among(withoutTypes)} order by id`)
      .pluck()
      .all(...withoutTypes) as number[],
  );
  const indexOf = new Map(Array.from(ids, (id, index) => [id, index]));
  const where = relationTypes.length === 0 ? "" : `where type in ${among(relationTypes)}`;
  const all = connection
    .prepare(`select "from", "to" from relation ${where} order by id`)
    .raw()
    .all(...relationTypes) as [number, number][];
  const edges = withoutTypes.length === 0 ? all : all.filter(([from, to]) => indexOf.has(from) && indexOf.has(to));
  const isBoth = direction === "both";
  const offsets = new Uint32Array(ids.length + 1);
  for (const [from, to] of edges) {
    offsets[indexOf.get(from)! + 1]!++;
    if (isBoth) offsets[indexOf.get(to)! + 1]!++;
  }
  for (let i = 0; i < ids.length; i++) offsets[i + 1]! += offsets[i]!;
  const fill = offsets.slice();
  const targets = new Uint32Array(isBoth ? 2 * edges.length : edges.length);
  for (const [a, b] of edges) {
    const [from, to] = [indexOf.get(a)!, indexOf.get(b)!];
    targets[fill[from]!++] = to;
    if (isBoth) targets[fill[to]!++] = from;
  }
  return { ids, indexOf, offsets, targets };
}
