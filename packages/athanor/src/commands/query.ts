import { texts } from "@athanor/core";
import { openRecord, queryGraph } from "@athanor/system";
import { assignments, jsonOrText } from "../assignments.ts";
import { defineCommand } from "../define-command.ts";

export const query = defineCommand({
  name: "query",
  summary: "Ask the knowledge graph in Cypher",
  usage: '"MATCH …"',
  flags: { param: texts([], "a parameter of the query as NAME=VALUE; may be repeated") },
  words: [1, 1],
  examples: [
    'athanor query "MATCH (b:Book) RETURN count(*)"',
    `athanor query 'MATCH (a:Author {name: $name})-[:WROTE]->(b:Book) RETURN b.name' --param name="Ann Lee"`,
  ],
  async run({ words, flags, project, signal }) {
    await using workspace = await openRecord(project);
    const given = assignments("--param", flags.param as readonly string[]);
    const parameters = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, jsonOrText(value)]));
    const { columns, rows } = await queryGraph(workspace, words[0]!, { parameters, signal });
    return {
      data: { columns, rows },
      print(out) {
        out.table([columns, ...rows.map((row) => columns.map((column) => printed(row[column])))]);
        out.print(`${rows.length} ${rows.length === 1 ? "row" : "rows"}`);
      },
    };
  },
});

const printed = (value: unknown): string => (typeof value === "string" ? value : (JSON.stringify(value) ?? ""));
