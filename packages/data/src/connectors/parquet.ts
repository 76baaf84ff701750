import { required, text, texts } from "@athanor/core";
import { checkKey } from "../check-key.ts";
import { defineConnector } from "../define-connector.ts";
import { quote, readRelation, withDuck } from "../duck.ts";
import { findFiles, fingerprintFiles } from "../find-files.ts";
import { unreadable } from "../unreadable.ts";

/** Parquet files. */
export const parquet = defineConnector({
  name: "parquet",
  yields: "table",
  summary: "Parquet files",
  options: { path: text(required, "a file or a pattern"), key: texts([], "columns that name a row") },
  fingerprint: ({ path }, work) => fingerprintFiles(findFiles("parquet", path), work),
  async *open({ path, key }, work) {
    const files = findFiles("parquet", path);
    const relation = `read_parquet([${files.map(quote).join(", ")}])`;
    const table = await withDuck((connection) => readRelation(connection, relation, "reading parquet", work)).catch(
      unreadable("parquet", path),
    );
    checkKey("parquet", table, key);
    yield table;
  },
});
