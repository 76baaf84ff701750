import { AthanorError } from "@athanor/core";
import { compile } from "./cypher/compile.ts";
import { parse } from "./cypher/parse.ts";
import type { Graph } from "./open-graph.ts";

/** The answer to a query, row by row. */
export interface QueryResult {
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/**
 * Answers a query in the supported part of Cypher.
 *
 * @throws `cypher/syntax`, `cypher/unsupported`, `cypher/unknown-variable`, `cypher/missing-parameter`
 */
export function queryGraph(
  { connection }: Graph,
  query: string,
  parameters: Readonly<Record<string, unknown>> = {},
): QueryResult {
  const { sql, values, columns, jsonColumns } = compile(parse(query), parameters);
  let rows: Record<string, unknown>[];
  try {
    rows = connection.prepare(sql).all(values) as Record<string, unknown>[];
  } catch (cause) {
    throw new AthanorError(
      "cypher/unsupported",
      `Query: expected a query that the graph can answer, got ${(cause as Error).message}`,
      { fix: "Simplify the query.", details: { sql }, cause },
    );
  }
  for (const row of rows)
    for (const column of jsonColumns) if (typeof row[column] === "string") row[column] = JSON.parse(row[column]);
  return { columns, rows };
}
