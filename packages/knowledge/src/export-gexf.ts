import { open } from "node:fs/promises";
import { type LongWork, yieldToEventLoop } from "@athanor/core";
import type { Graph } from "./open-graph.ts";

/** Text that XML allows, escaped. */
const xml = (value: unknown): string =>
  String(value)
    .replace(
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
      "",
    )
    .replace(/[&<>"]/g, (character) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[character]!);

/**
 * Streams the graph into a GEXF 1.3 file for Gephi: types, names and properties as attributes, confidence as weight.
 *
 * @see https://gexf.net/schema.html
 */
export async function exportGexf(
  { connection }: Graph,
  path: string,
  { signal }: LongWork = {},
): Promise<{ nodes: number; edges: number }> {
  const keys = (table: string) =>
    connection
      .prepare(`select distinct j.key from ${table} t, json_each(t.properties) j order by j.key`)
      .pluck()
      .all() as string[];
  const attributes = { node: ["type", "key", ...keys("entity")], edge: [...keys("relation")] };
  const file = await open(path, "w");
  let [nodes, edges] = [0, 0];
  try {
    const write = async (lines: readonly string[]) => void (await file.write(`${lines.join("\n")}\n`));
    const declare = (kind: "node" | "edge") => [
      `    <attributes class="${kind}">`,
      ...attributes[kind].map((title, id) => `      <attribute id="${id}" title="${xml(title)}" type="string"/>`),
      "    </attributes>",
    ];
    const values = (names: readonly string[], record: Readonly<Record<string, unknown>>) =>
      names
        .flatMap((name, id) =>
          record[name] === undefined || record[name] === null
            ? []
            : [`<attvalue for="${id}" value="${xml(record[name])}"/>`],
        )
        .join("");
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
        `      <node id="${row.id}" label="${xml(row.name)}"><attvalues>${values(attributes.node, { ...JSON.parse(row.properties), type: row.type, key: row.key })}</attvalues></node>`,
      );
      nodes++;
      await flush(2000);
    }
    lines.push("    </nodes>", "    <edges>");
    for (const row of connection
      .prepare('select id, type, "from", "to", properties, confidence from relation order by id')
      .all() as { id: number; type: string; from: number; to: number; properties: string; confidence: number }[]) {
      lines.push(
        `      <edge id="${row.id}" source="${row.from}" target="${row.to}" kind="${xml(row.type)}" label="${xml(row.type)}" weight="${row.confidence}"><attvalues>${values(attributes.edge, JSON.parse(row.properties))}</attvalues></edge>`,
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
