import { readFile } from "node:fs/promises";
import { AthanorError, integer, text, texts } from "@athanor/core";
import { coerceRow, type ModelCard, openPredictor, openRecord, type Row, readRows } from "@athanor/system";
import { assignments } from "../assignments.ts";
import { defineCommand } from "../define-command.ts";

export const predict = defineCommand({
  name: "predict",
  summary: "Predict one row, or a file of them (CSV, JSON, Parquet)",
  usage: "TASK --input NAME=VALUE… | TASK --file PATH",
  flags: {
    input: texts([], "a field of the row as NAME=VALUE; may be repeated"),
    file: text(null, "a file of rows"),
    version: integer(null, "a version other than the champion", { min: 1 }),
  },
  words: [1, 1],
  examples: [
    "athanor predict churn --input visits=3 --input city=Lyon",
    "athanor predict churn --file customers.csv --json",
  ],
  async run({ words, flags, project, signal }) {
    await using workspace = await openRecord(project);
    await using predictor = await openPredictor(workspace, words[0]!, (flags.version as number | null) ?? undefined);
    const rows = await rowsFrom(flags.input as readonly string[], flags.file as string | null, predictor.model.card);
    const predictions = await predictor.predict(rows, { signal });
    return {
      data: { task: predictor.model.task, version: predictor.model.version, predictions },
      print: (out) => {
        for (const prediction of predictions) out.print(JSON.stringify(prediction));
      },
    };
  },
});

async function rowsFrom(input: readonly string[], file: string | null, card: ModelCard): Promise<readonly Row[]> {
  if (file === null && input.length > 0) return [coerceRow(card, assignments("--input", input))];
  if (file !== null && input.length === 0) {
    return file.endsWith(".json") ? jsonRows(file) : readRows(file, card);
  }
  throw new AthanorError("usage/input", "athanor predict: expected either --input or --file, got neither or both", {
    fix: `Give the fields ${card.inputs.map(({ name }) => name).join(", ")} with --input NAME=VALUE, or a file with --file PATH.`,
  });
}

async function jsonRows(path: string): Promise<readonly Row[]> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    throw new AthanorError(
      "usage/file",
      `athanor predict: expected ${path} to be a JSON file, got ${(cause as Error).message}`,
      {
        fix: "Give a file that holds one row or an array of rows.",
        details: { path },
        cause,
      },
    );
  }
  return (Array.isArray(value) ? value : [value]) as readonly Row[];
}
