import type { Graph } from "./open-graph.ts";

/** How many entities and relations of each type there are. */
export interface GraphSummary {
  readonly entities: Readonly<Record<string, number>>;
  readonly relations: Readonly<Record<string, number>>;
}

/** Counts by type, the largest first. */
export function graphSummary({ connection }: Graph): GraphSummary {
  const count = (table: string) =>
    Object.fromEntries(
      connection
        .prepare(`select type, count(*) from ${table} group by type order by count(*) desc, type`)
        .raw()
        .all() as [string, number][],
    );
  return { entities: count("entity"), relations: count("relation") };
}

export interface SampleNode {
  readonly id: string;
  readonly label: string;
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** The best-connected entities of each type with the relations between them, laid out for a picture. */
export function sampleGraph(
  { connection }: Graph,
  limit = 90,
): { nodes: readonly SampleNode[]; edges: readonly { from: string; to: string; type: string }[] } {
  const types = connection.prepare("select distinct type from entity order by type").pluck().all() as string[];
  const share = Math.max(4, Math.floor(limit / Math.max(1, types.length)));
  const ofType = connection.prepare(
    `select e.id, e.name, e.type, (select count(*) from relation where "from" = e.id) + (select count(*) from relation where "to" = e.id) as degree
     from entity e where e.type = ? order by degree desc, e.id limit ?`,
  );
  const top = types.flatMap(
    (type) => ofType.all(type, share) as { id: number; name: string; type: string; degree: number }[],
  );
  const list = top.map(({ id }) => id).join(",") || "0";
  const links = connection
    .prepare(
      `select distinct type, "from", "to" from relation where "from" in (${list}) and "to" in (${list}) order by "from", "to" limit 400`,
    )
    .all() as { type: string; from: number; to: number }[];
  const linked = new Set(links.flatMap(({ from, to }) => [from, to]));
  const picked = top.filter(({ id }) => linked.has(id));
  const index = new Map(picked.map(({ id }, i) => [id, i]));
  const positions = layOut(
    picked.length,
    links.map(({ from, to }) => [index.get(from)!, index.get(to)!]),
  );
  const largest = Math.max(1, ...picked.map(({ degree }) => degree));
  return {
    nodes: picked.map(({ id, name, type, degree }, i) => ({
      id: String(id),
      label: name,
      type,
      x: positions[2 * i]!,
      y: positions[2 * i + 1]!,
      size: 5 + 17 * Math.sqrt(degree / largest),
    })),
    edges: links.map(({ type, from, to }) => ({ from: String(from), to: String(to), type })),
  };
}

/** Springs pull neighbours together, all points push each other away; the start on a spiral makes it the same each time. */
function layOut(count: number, edges: readonly (readonly [number, number])[]): Float64Array {
  const at = Float64Array.from(
    { length: 2 * count },
    (_, i) => 30 * Math.sqrt(i >> 1) * (i % 2 === 0 ? Math.cos : Math.sin)(2.4 * (i >> 1)),
  );
  for (let round = 0; round < 250; round++) {
    const push = new Float64Array(2 * count);
    const pull = (a: number, b: number, strength: (distance: number) => number) => {
      const [dx, dy] = [at[2 * b]! - at[2 * a]!, at[2 * b + 1]! - at[2 * a + 1]!];
      const distance = Math.hypot(dx, dy) || 1;
      const force = strength(distance) / distance;
      push[2 * a]! += dx * force;
      push[2 * a + 1]! += dy * force;
      push[2 * b]! -= dx * force;
      push[2 * b + 1]! -= dy * force;
    };
    for (let a = 0; a < count; a++) for (let b = a + 1; b < count; b++) pull(a, b, (distance) => -2500 / distance);
    for (const [a, b] of edges) if (a !== b) pull(a, b, (distance) => (distance * distance) / 900);
    const heat = 20 * (1 - round / 250);
    for (let i = 0; i < count; i++) {
      const length = Math.hypot(push[2 * i]!, push[2 * i + 1]!) || 1;
      for (const axis of [0, 1])
        at[2 * i + axis]! += (push[2 * i + axis]! / length) * Math.min(length, heat) - at[2 * i + axis]! * 0.01;
    }
  }
  return at;
}
