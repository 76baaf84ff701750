import { flag, oneOf, required, text, texts } from "@athanor/core";
import { defineConnector } from "../define-connector.ts";
import { findFiles, fingerprintFiles } from "../find-files.ts";
import { encodings, readCsv } from "../read-csv.ts";

/**
 * Tab-separated text files, gzipped or not, whose quotes are text unless `quoted` is set.
 *
 * @see https://www.iana.org/assignments/media-types/text/tab-separated-values
 */
export const tsv = defineConnector({
  name: "tsv",
  yields: "table",
  summary: "Tab-separated text",
  options: {
    path: text(required, "a file, or a pattern such as data/*.tsv"),
    quoted: flag(false, "whether quotes enclose values, as spreadsheets write them"),
    header: flag(true, "whether the first line names the columns"),
    columns: texts([], "the columns' names, where the file has none"),
    encoding: oneOf("utf-8", "how the text is encoded", encodings),
    key: texts([], "columns that name a row"),
    types: texts([], "name:type for columns whose type must not be inferred"),
  },
  fingerprint: ({ path }, work) => fingerprintFiles(findFiles("tsv", path), work),
  async *open({ quoted, ...options }, work) {
    yield await readCsv("tsv", { ...options, delimiter: "\t", quote: quoted ? '"' : "" }, work);
  },
});
