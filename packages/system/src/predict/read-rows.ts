import { AthanorError } from "@athanor/core";
import { csv, parquet, rowsOf, tsv } from "@athanor/data";
import type { Row } from "../task/define-task.ts";
import type { ModelCard } from "../task/model-card.ts";

/**
 * Rows of a CSV, TSV or Parquet file as a model takes them; columns that it does not know are left out.
 *
 * @throws `data/missing-file`, `data/broken-row`, `predict/file`
 */
export async function readRows(path: string, { inputs }: ModelCard): Promise<readonly Row[]> {
  if (!/\.(csv|tsv|parquet)(\.gz)?$/i.test(path)) {
    throw new AthanorError("predict/file", `Predict: expected a .csv, .tsv, .parquet or .json file, got ${path}`, {
      fix: "Convert the file, or name its kind by its ending.",
    });
  }
  const reader = /\.parquet$/i.test(path)
    ? parquet({ path })
    : /\.tsv(\.gz)?$/i.test(path)
      ? tsv({ path })
      : csv({ path });
  const types = new Map(inputs.map(({ name, type }) => [name, type]));
  for await (const table of reader.open()) {
    return rowsOf(table).map((row) =>
      Object.fromEntries(
        Object.entries(row).flatMap(([name, cell]) =>
          types.has(name) && cell !== null ? [[name, types.get(name) === "text" ? String(cell) : cell]] : [],
        ),
      ),
    );
  }
  return [];
}
