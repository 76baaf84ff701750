import SQLite from "better-sqlite3";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Graph, openGraph } from "../open-graph.ts";
import { queryGraph } from "../query-graph.ts";
import { replaceSource } from "../replace-source.ts";

type Edge = readonly [from: number, to: number, type?: string, weight?: number];

async function graphOf(edges: readonly Edge[]): Promise<Graph> {
  const graph = openGraph(new SQLite(":memory:"));
  const place = (i: number) => ({ type: "Place", key: String(i) });
  const nodes = [...new Set([...edges.map(([from]) => from), ...edges.map(([, to]) => to)])];
  await replaceSource(graph, "map", "1", {
    entities: nodes.map((i) => ({ ...place(i), name: `place ${i}`, properties: {}, place: "map" })),
    relations: edges.map(([from, to, type = "ROAD", weight = 1]) => ({
      type,
      from: place(from),
      to: place(to),
      properties: { weight },
      place: "map",
    })),
    mentions: [],
  });
  return graph;
}
const circle: readonly Edge[] = [
  [1, 2],
  [2, 3],
  [3, 4],
  [4, 1],
];
const keys = (graph: Graph, query: string) => queryGraph(graph, query).rows.map(({ k }) => k);

describe("walks of several relations", () => {
  it.each([
    ["(a {key: '1'})-[:ROAD*1..3]->(b)", ["2", "3", "4"]],
    ["(a {key: '1'})-[:ROAD*2]->(b)", ["3"]],
    ["(a {key: '1'})-[*..2]->(b)", ["2", "3"]],
    ["(a {key: '1'})-[:ROAD*0..1]->(b)", ["1", "2"]],
    ["(b)-[:ROAD*1..2]->(a {key: '1'})", ["3", "4"]],
    ["(a {key: '1'})<-[:ROAD*1..2]-(b)", ["3", "4"]],
    ["(a {key: '1'})-[:ROAD*2..2]-(b)", ["3", "3"]],
    ["(a {key: '1'})-[:RAIL*1..3]->(b)", []],
  ])("%s", async (pattern, expected) => {
    expect(keys(await graphOf(circle), `MATCH ${pattern} RETURN b.key AS k ORDER BY k`)).toEqual(expected);
  });

  it("go round a circle once, since no relation is taken twice", async () => {
    const graph = await graphOf(circle);
    expect(keys(graph, "MATCH (a {key: '1'})-[*1..10]->(b) RETURN b.key AS k ORDER BY k")).toEqual([
      "1",
      "2",
      "3",
      "4",
    ]);
  });

  it("share no relation with the rest of their path", async () => {
    const graph = await graphOf([
      [1, 2],
      [3, 2],
    ]);
    const count = (pattern: string) => queryGraph(graph, `MATCH ${pattern} RETURN count(*) AS n`).rows[0]!.n;
    expect(count("(a)-[*1..2]-(b)-[:ROAD]-(c)")).toBe(2);
    expect(count("(a)-[*1..2]-(b)-[*1..2]-(c)")).toBe(2);
  });

  it("are lists of relations, in order from left to right", async () => {
    const graph = await graphOf([
      [1, 2, "ROAD", 5],
      [2, 3, "RAIL", 7],
    ]);
    for (const pattern of ["(a {key: '1'})-[r*2]->(b)", "(a)-[r*2]->(b {key: '3'})"]) {
      const { rows } = queryGraph(graph, `MATCH ${pattern} RETURN r, size(r) AS length`);
      expect(rows).toMatchObject([
        {
          length: 2,
          r: [
            { type: "ROAD", properties: { weight: 5 } },
            { type: "RAIL", properties: { weight: 7 } },
          ],
        },
      ]);
    }
  });

  it("hold types, properties and conditions to every relation and both ends", async () => {
    const graph = await graphOf([
      [1, 2, "ROAD", 5],
      [2, 3, "RAIL", 5],
      [3, 4, "ROAD", 6],
    ]);
    const found = (query: string) => keys(graph, `${query} RETURN b.key AS k ORDER BY k`);
    expect(found("MATCH (a {key: '1'})-[:ROAD|RAIL*1..3 {weight: 5}]->(b)")).toEqual(["2", "3"]);
    expect(found("MATCH (a)-[:ROAD|RAIL*1..3]->(b) WHERE a.key = '1' AND b.name <> 'place 3'")).toEqual(["2", "4"]);
  });

  it("are the shortest between two ends when asked, one for each pair", async () => {
    const graph = await graphOf([...circle, [1, 3], [1, 3]]);
    const lengths = (pattern: string) =>
      queryGraph(graph, `MATCH shortestPath(${pattern}) RETURN b.key AS k, size(r) AS n ORDER BY k`).rows;
    expect(lengths("(a {key: '1'})-[r:ROAD*1..4]->(b)")).toEqual([
      { k: "1", n: 3 },
      { k: "2", n: 1 },
      { k: "3", n: 1 },
      { k: "4", n: 2 },
    ]);
    expect(lengths("(a {key: '2'})-[r*..4]->(b {key: '1'})")).toEqual([{ k: "1", n: 3 }]);
  });

  it("are as many as a search by hand finds", async () => {
    const node = fc.integer({ min: 0, max: 4 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(node, node), { minLength: 1, maxLength: 7 }),
        fc.constantFrom("out", "in", "both"),
        fc.integer({ min: 0, max: 2 }),
        fc.integer({ min: 2, max: 4 }),
        async (edges, direction, least, most) => {
          const walk = (at: number, taken: readonly number[]): string[] => {
            const here = taken.length >= least ? [String(at)] : [];
            if (taken.length === most) return here;
            const further = edges.flatMap(([from, to], i) => {
              if (taken.includes(i)) return [];
              const ends = [
                ...(direction !== "in" && from === at ? [to] : []),
                ...(direction !== "out" && to === at && !(direction === "both" && from === to) ? [from] : []),
              ];
              return ends.flatMap((end) => walk(end, [...taken, i]));
            });
            return [...here, ...further];
          };
          const [left, right] = { out: ["-", "->"], in: ["<-", "-"], both: ["-", "-"] }[direction]!;
          const start = edges[0]![0];
          const query = `MATCH (a {key: '${start}'})${left}[*${least}..${most}]${right}(b) RETURN b.key AS k`;
          expect(keys(await graphOf(edges), query).sort()).toEqual(walk(start, []).sort());
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each([
    ["MATCH (a)-[*]->(b) RETURN a", /an end of at most 10.*got \*\.\./],
    ["MATCH (a)-[*2..]->(b) RETURN a", /got \*2\.\./],
    ["MATCH (a)-[*3..2]->(b) RETURN a", /got \*3\.\.2/],
    ["MATCH (a)-[*1..99]->(b) RETURN a", /got \*1\.\.99/],
    ["MATCH (a)-[r*1..2]->(b) RETURN r.weight", /expected r, a list of relations.*got r\.weight/],
    ["MATCH shortestPath((a)-[r]->(b)) RETURN r", /expected shortestPath of one walk/],
    ["MATCH (a)-[a]->(b) RETURN a", /expected a to name one thing/],
  ])("refuse %s", async (query, message) => {
    const graph = await graphOf(circle);
    expect(() => queryGraph(graph, query)).toThrow(
      expect.objectContaining({ code: "cypher/unsupported", message: expect.stringMatching(message) }),
    );
  });
});
