import { flag, oneOf, required, text, texts } from "@athanor/core";
import { defineConnector } from "../define-connector.ts";
import { findFiles, fingerprintFiles } from "../find-files.ts";
import { encodings, readCsv } from "../read-csv.ts";

/** Delimited text files, gzipped or not. */
export const csv = defineConnector({
  name: "csv",
  yields: "table",
  summary: "Delimited text",
  options: {
    path: text(required, "a file, or a pattern such as data/*.csv"),
    delimiter: text(",", "what stands between values"),
    header: flag(true, "whether the first line names the columns"),
    columns: texts([], "the columns' names, where the file has none"),
    encoding: oneOf("utf-8", "how the text is encoded", encodings),
    key: texts([], "columns that name a row"),
    types: texts([], "name:type for columns whose type must not be inferred"),
  },
  fingerprint: ({ path }, work) => fingerprintFiles(findFiles("csv", path), work),
  async *open(options, work) {
    yield await readCsv("csv", options, work);
  },
});
