import { readFileSync } from "node:fs";
import { Random } from "@athanor/core";
import SQLite from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { type Graph, openGraph } from "../open-graph.ts";
import { projectGraph } from "../projection.ts";
import { replaceSource } from "../replace-source.ts";
import { connectedComponents } from "./connected-components.ts";
import { pageRank } from "./page-rank.ts";

interface GraphRecord {
  readonly title: string;
  readonly count: number;
  readonly edges: readonly (readonly [number, number])[];
  readonly pageRank: readonly number[];
  readonly components: readonly (readonly number[])[];
}

/** Values that networkx gave, recorded by `golden/record/knowledge.py`. */
const { records } = JSON.parse(
  readFileSync(new URL("../../../../golden/knowledge/algorithms.json", import.meta.url), "utf8"),
) as { records: readonly GraphRecord[] };

async function graphOf({ count, edges }: Pick<GraphRecord, "count" | "edges">): Promise<Graph> {
  const graph = openGraph(new SQLite(":memory:"));
  const node = (i: number) => ({ type: "Node", key: String(i) });
  await replaceSource(graph, "edges", "1", {
    entities: Array.from({ length: count }, (_, i) => ({ ...node(i), place: "edges" })),
    relations: edges.map(([a, b]) => ({ type: "TO", from: node(a), to: node(b), place: "edges" })),
  });
  return graph;
}
const byNode = (graph: Graph, values: ArrayLike<number>) => {
  const keys = graph.connection.prepare("select key from entity order by id").pluck().all() as string[];
  return new Map(keys.map((key, i) => [Number(key), values[i]!]));
};

describe("algorithms over the projected graph", () => {
  it.each(records)("agree with networkx: $title", async (record) => {
    const graph = await graphOf(record);
    const ranks = byNode(graph, pageRank(projectGraph(graph, { direction: "out" }), { tolerance: 1e-13 }));
    for (const [node, expected] of record.pageRank.entries())
      expect(Math.abs(ranks.get(node)! - expected), `node ${node}`).toBeLessThan(1e-10);
    for (const direction of ["out", "both"] as const) {
      const components = byNode(graph, connectedComponents(projectGraph(graph, { direction })));
      const grouped = Map.groupBy(
        [...components.keys()].sort((a, b) => a - b),
        (node) => components.get(node)!,
      );
      const found = [...grouped.values()].sort((a, b) => b.length - a.length || a[0]! - b[0]!);
      expect(found).toEqual(record.components);
      expect([...grouped.keys()].sort((a, b) => a - b)).toEqual(found.map((_, i) => i));
    }
  });

  it("give ranks that sum to one, the same ones for the same graph", async () => {
    const random = Random.from(6);
    const edges = Array.from({ length: 300 }, () => [random.integer(80), random.integer(80)] as const);
    const projection = projectGraph(await graphOf({ count: 80, edges }), { direction: "out" });
    const ranks = pageRank(projection);
    expect(ranks.reduce((sum, rank) => sum + rank)).toBeCloseTo(1, 9);
    expect(pageRank(projection)).toEqual(ranks);
  });

  it("have nothing to say of an empty graph, and say when ranks do not settle", async () => {
    const empty = projectGraph(await graphOf({ count: 0, edges: [] }));
    expect([pageRank(empty), connectedComponents(empty)]).toEqual([new Float64Array(0), new Int32Array(0)]);
    const star = projectGraph(await graphOf(records[1]!), { direction: "out" });
    expect(() => pageRank(star, { maxIterations: 1 })).toThrow(
      expect.objectContaining({ code: "knowledge/not-settled" }),
    );
  });
});
