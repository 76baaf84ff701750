import { open } from "node:fs/promises";
import { type LongWork, yieldToEventLoop } from "@athanor/core";
import type { Graph } from "./open-graph.ts";

/** Text that XML allows, escaped for an attribute, in which a bare line end would be read as a space. */
const xml = (value: unknown): string =>
  (typeof value === "object" ? JSON.stringify(value) : String(value))
    .replace(
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
      "",
    )
    .replace(/[&<>"]/g, (character) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[character]!)
    .replace(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);

interface GexfAttribute {
  readonly name: string;
  readonly type: "long" | "double" | "boolean" | "string";
}

/** The properties that occur in a table, each with the narrowest type that holds all its values. */
function attributesOf({ connection }: Graph, table: "entity" | "relation"): readonly GexfAttribute[] {
  const found = connection
    .prepare(
      `select j.key, group_concat(distinct j.type) from ${table} t, json_each(t.properties) j where j.type <> 'null' group by j.key order by j.key`,
    )
    .raw()
    .all() as [string, string][];
  return found.map(([name, kinds]) => {
    const areAll = (...allowed: readonly string[]) => kinds.split(",").every((kind) => allowed.includes(kind));
    if (areAll("integer")) return { name, type: "long" };
    if (areAll("integer", "real")) return { name, type: "double" };
    return { name, type: areAll("true", "false") ? "boolean" : "string" };
  });
}

/**
 * Streams the graph into a GEXF 1.3 file for Gephi: types, names and properties as attributes, confidence as weight.
 *
 * @see https://gexf.net/schema.html
 */
export async function exportGexf(
  graph: Graph,
  path: string,
  { signal }: LongWork = {},
): Promise<{ nodes: number; edges: number }> {
  const { connection } = graph;
  const own = ["type", "key"].map((name): GexfAttribute => ({ name, type: "string" }));
  const attributes = { node: [...own, ...attributesOf(graph, "entity")], edge: attributesOf(graph, "relation") };
  const file = await open(path, "w");
  let [nodes, edges] = [0, 0];
  try {
    const write = async (lines: readonly string[]) => void (await file.write(`${lines.join("\n")}\n`));
    const declare = (kind: "node" | "edge") => [
      `    <attributes class="${kind}">`,
      ...attributes[kind].map(
        ({ name, type }, id) => `      <attribute id="${id}" title="${xml(name)}" type="${type}"/>`,
      ),
      "    </attributes>",
    ];
    const values = (own: readonly unknown[], kind: "node" | "edge", properties: Readonly<Record<string, unknown>>) => {
      const all = [...own, ...attributes[kind].slice(own.length).map(({ name }) => properties[name])];
      return all
        .map((value, id) =>
          value === undefined || value === null ? "" : `<attvalue for="${id}" value="${xml(value)}"/>`,
        )
        .join("");
    };
    await write([
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<gexf xmlns="http://gexf.net/1.3" version="1.3">',
      "  <meta><creator>Athanor</creator></meta>",
      '  <graph defaultedgetype="directed" mode="static">',
      ...declare("node"),
      ...declare("edge"),
      "    <nodes>",
    ]);
    let lines: string[] = [];
    const flush = async (least: number) => {
      if (lines.length < least) return;
      await write(lines);
      lines = [];
      await yieldToEventLoop(signal);
    };
    for (const row of connection.prepare("select id, type, key, name, properties from entity order by id").all() as {
      id: number;
      type: string;
      key: string;
      name: string;
      properties: string;
    }[]) {
      lines.push(
        `      <node id="${row.id}" label="${xml(row.name)}"><attvalues>${values([row.type, row.key], "node", JSON.parse(row.properties))}</attvalues></node>`,
      );
      nodes++;
      await flush(2000);
    }
    lines.push("    </nodes>", "    <edges>");
    for (const row of connection
      .prepare('select id, type, "from", "to", properties, confidence from relation order by id')
      .all() as { id: number; type: string; from: number; to: number; properties: string; confidence: number }[]) {
      lines.push(
        `      <edge id="${row.id}" source="${row.from}" target="${row.to}" kind="${xml(row.type)}" label="${xml(row.type)}" weight="${row.confidence}"><attvalues>${values([], "edge", JSON.parse(row.properties))}</attvalues></edge>`,
      );
      edges++;
      await flush(2000);
    }
    lines.push("    </edges>", "  </graph>", "</gexf>");
    await flush(0);
  } finally {
    await file.close();
  }
  return { nodes, edges };
}
