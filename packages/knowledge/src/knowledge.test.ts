import { tableFromRows } from "@athanor/data";
import SQLite from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { neighbours } from "./algorithms/neighbours.ts";
import { shortestPath } from "./algorithms/shortest-path.ts";
import { extract, extractDocuments } from "./extract.ts";
import { findDuplicates } from "./find-duplicates.ts";
import { graphSummary, sampleGraph } from "./graph-summary.ts";
import { entities, mapTable, relation } from "./mappings.ts";
import { openGraph } from "./open-graph.ts";
import { projectGraph } from "./projection.ts";
import { queryGraph } from "./query-graph.ts";
import { removeSource, replaceSource, sourceFingerprint } from "./replace-source.ts";

const books = tableFromRows([
  { id: 1, title: "The Glass Harbour", author: "Ann Lee", tags: "sea|crime", price: 9.5 },
  { id: 2, title: "山海之间", author: "李明", tags: "sea", price: 30 },
  { id: 3, title: "Ash <& Ember>", author: "Ann Lee", tags: null, price: 12 },
]);
const ratings = tableFromRows([
  { user: "u1", book: 1, stars: 5 },
  { user: "u1", book: 2, stars: 3 },
  { user: "u2", book: 2, stars: 4 },
  { user: "u2", book: 9, stars: 1 },
]);
const bookMapping = entities("Book", {
  key: "id",
  name: "title",
  properties: ["price"],
  links: {
    author: { relation: "WRITTEN_BY", type: "Author" },
    tags: { relation: "TAGGED", type: "Tag", separator: "|" },
  },
});
const ratingMapping = relation("RATED", {
  from: { type: "User", column: "user" },
  to: { type: "Book", column: "book" },
  properties: ["stars"],
});

async function shop() {
  const graph = openGraph(new SQLite(":memory:"));
  await replaceSource(graph, "books", "b1", mapTable(bookMapping, books, "books"));
  await replaceSource(graph, "ratings", "r1", mapTable(ratingMapping, ratings, "ratings"));
  return graph;
}
const dump = (graph: Awaited<ReturnType<typeof shop>>) =>
  queryGraph(
    graph,
    "MATCH (a)-[r]->(b) RETURN type(a) AS t, a.key AS a, type(r) AS r, b.key AS b, b.name AS n ORDER BY t, a, r, b",
  ).rows;

describe("the graph", () => {
  it("counts what the rows say, stubs included", async () => {
    expect(graphSummary(await shop())).toEqual({
      entities: { Book: 4, Author: 2, Tag: 2, User: 2 },
      relations: { RATED: 4, TAGGED: 3, WRITTEN_BY: 3 },
    });
  });

  it("replaces a source as a whole, and keeps what others say of its entities", async () => {
    const graph = await shop();
    const before = dump(graph);
    await replaceSource(
      graph,
      "books",
      "b2",
      mapTable(bookMapping, tableFromRows([{ id: 1, title: "New", author: "Bo", tags: null, price: 1 }]), "books"),
    );
    expect(queryGraph(graph, "MATCH (b:Book) RETURN b.key AS k, b.name AS n ORDER BY k").rows).toEqual([
      { k: "1", n: "New" },
      { k: "2", n: "2" },
      { k: "9", n: "9" },
    ]);
    expect(sourceFingerprint(graph, "books")).toBe("b2");
    await replaceSource(graph, "books", "b1", mapTable(bookMapping, books, "books"));
    expect(dump(graph)).toEqual(before);
  });

  it("keeps the old contribution when a write is cut off", async () => {
    const graph = await shop();
    const before = dump(graph);
    const many = tableFromRows(Array.from({ length: 12_000 }, (_, i) => ({ user: `x${i}`, book: i, stars: 1 })));
    await expect(
      replaceSource(graph, "ratings", "r2", mapTable(ratingMapping, many, "ratings"), { signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ name: "AbortError" });
    expect(dump(graph)).toEqual(before);
    expect(sourceFingerprint(graph, "ratings")).toBe("r1");
  });

  it("takes a source back", async () => {
    const graph = await shop();
    removeSource(graph, "ratings");
    expect(graphSummary(graph)).toEqual({
      entities: { Book: 3, Author: 2, Tag: 2 },
      relations: { TAGGED: 3, WRITTEN_BY: 3 },
    });
  });

  it("finds neighbours and shortest ways", async () => {
    const graph = await shop();
    const id = (key: string) =>
      queryGraph(graph, "MATCH (n) WHERE n.key = $key RETURN id(n) AS id", { key }).rows[0]!.id as number;
    const projection = projectGraph(graph);
    expect(neighbours(projection, id("u1"))).toEqual([id("1"), id("2")].sort((a, b) => a - b));
    expect(shortestPath(projection, id("9"), id("Ann Lee"))).toEqual(
      ["9", "u2", "2", expect.anything(), "1", "Ann Lee"].map((key) =>
        typeof key === "string" ? id(key) : expect.any(Number),
      ),
    );
    expect(shortestPath(projectGraph(graph, { relationTypes: ["RATED"] }), id("9"), id("Ann Lee"))).toBeUndefined();
  });

  it("samples the best-connected entities for a picture, the same each time", async () => {
    const graph = await shop();
    const picture = sampleGraph(graph);
    expect(picture.nodes).toHaveLength(10);
    expect(picture.nodes.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true);
    expect(sampleGraph(graph)).toEqual(picture);
  });
});

describe("queries", () => {
  it.each([
    [
      "MATCH (b:Book {name: '山海之间'})<-[r:RATED]-(u:User) RETURN u.key AS user, r.stars AS stars ORDER BY stars DESC",
      [
        { user: "u2", stars: 4 },
        { user: "u1", stars: 3 },
      ],
    ],
    [
      "MATCH (u:User)-[r:RATED]->(:Book) RETURN u.key AS u, count(*) AS n, avg(r.stars) AS mean ORDER BY u",
      [
        { u: "u1", n: 2, mean: 4 },
        { u: "u2", n: 2, mean: 2.5 },
      ],
    ],
    [
      "MATCH (a:Author)<-[:WRITTEN_BY]-(b:Book)-[:TAGGED]->(t:Tag), (b)<-[:RATED]-(u) WHERE t.name = 'sea' AND NOT u.key = 'u2' RETURN a.name AS a ORDER BY a",
      [{ a: "Ann Lee" }, { a: "李明" }],
    ],
    [
      "MATCH (b:Book) WHERE b.price > 10 AND b.price <= 30 RETURN b.name AS n ORDER BY b.price",
      [{ n: "Ash <& Ember>" }, { n: "山海之间" }],
    ],
    [
      "MATCH (b:Book) WHERE b.name STARTS WITH 'The' OR b.name ENDS WITH '之间' RETURN b.key AS k ORDER BY k",
      [{ k: "1" }, { k: "2" }],
    ],
    ["MATCH (b:Book) WHERE b.price IS NULL RETURN b.key", [{ "b.key": "9" }]],
    ["MATCH (b:Book) WHERE b.key IN ['1', '3'] RETURN count(b) AS n", [{ n: 2 }]],
    ["MATCH (t:Tag)--(b:Book) RETURN count(DISTINCT b) AS n", [{ n: 2 }]],
    ["MATCH (a:Book)<-[:RATED]-(:User)-[:RATED]->(b:Book) RETURN count(*) AS pairs", [{ pairs: 4 }]],
    ["MATCH (b:Book) RETURN DISTINCT type(b) AS t SKIP 0 LIMIT 1", [{ t: "Book" }]],
    ["MATCH (a:Author {name: $who})-[r]-(b) RETURN collect(b.key) AS keys", [{ keys: ["1", "3"] }]],
  ])("%s", async (query, rows) => {
    expect(queryGraph(await shop(), query, { who: "Ann Lee" }).rows).toEqual(rows);
  });

  it("returns whole nodes as plain data", async () => {
    expect(queryGraph(await shop(), "MATCH (b:Book {key: '1'}) RETURN b").rows).toEqual([
      { b: { id: expect.any(Number), type: "Book", key: "1", name: "The Glass Harbour", properties: { price: 9.5 } } },
    ]);
  });

  it.each([
    ["MATCH (b:Book RETURN b", "cypher/syntax", /expected \) in line 1, column 15, got RETURN/],
    ["MATCH (b:Book) WHERE c.x = 1 RETURN b", "cypher/unknown-variable", /one of the variables b, got c/],
    ["MATCH (b) RETURN cuont(b)", "cypher/unsupported", /functions .*got cuont/],
    ["CREATE (b:Book)", "cypher/unsupported", /got CREATE/],
    ["MATCH (b) WHERE b.x = $y RETURN b", "cypher/missing-parameter", /\$y/],
    ["MATCH (b) RETURN b §", "cypher/syntax", /column 20/],
  ])("refuses %s", async (query, code, message) => {
    const graph = await shop();
    expect(() => queryGraph(graph, query)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    );
  });
});

describe("documents", () => {
  it("mention known names and values, in English and Chinese", async () => {
    const graph = await shop();
    const documents = [
      {
        id: "a.md",
        title: "A",
        text: "I read the glass harbour by Ann Lée on 3 March 2024 for $12.50; not The Glass Harbours.",
        language: "en" as const,
        metadata: {},
      },
      {
        id: "b.md",
        title: "B",
        text: "李明的《山海之间》2024年3月5日出版，售价30元。",
        language: "zh" as const,
        metadata: { book: "2" },
      },
    ];
    await replaceSource(
      graph,
      "extract:reviews",
      "x",
      extractDocuments(graph, extract({ types: ["Book", "Author"] }), documents),
    );
    const { rows } = queryGraph(
      graph,
      "MATCH (d:Document)-[:MENTIONS]->(e) RETURN d.key AS d, type(e) AS t, e.name AS e ORDER BY d, t, e",
    );
    expect(rows).toEqual([
      { d: "a.md", t: "Author", e: "Ann Lee" },
      { d: "a.md", t: "Book", e: "The Glass Harbour" },
      { d: "a.md", t: "Date", e: "2024-03-03" },
      { d: "a.md", t: "Money", e: "12.50 USD" },
      { d: "b.md", t: "Author", e: "李明" },
      { d: "b.md", t: "Book", e: "山海之间" },
      { d: "b.md", t: "Date", e: "2024-03-05" },
      { d: "b.md", t: "Money", e: "30.00 CNY" },
    ]);
  });
});

describe("findDuplicates", () => {
  it("links slips, accents, swapped names and address variants, and leaves others alone", async () => {
    const people = tableFromRows([
      { name: "Zoë Martin", email: "zoe.martin@mail.example", city: "Lyon" },
      { name: "Martin Zoe", email: "zoemartin@mail.example", city: "lyon" },
      { name: "Peter Hansen", email: "p.hansen@post.example", city: "Oslo" },
      { name: "Petra Hansen", email: "petra.h@mail.example", city: "Bergen" },
      { name: "PETER HANSSEN", email: "p.hansen@post.example", city: "Oslo" },
    ]);
    const pairs = await findDuplicates(people, {
      fields: { name: "name", email: "email", city: "exact" },
      threshold: 0.9,
    });
    expect(pairs.map(({ rows }) => rows)).toEqual([
      [0, 1],
      [2, 4],
    ]);
    expect(pairs[0]!.likeness.name).toBe(1);
  });
});
