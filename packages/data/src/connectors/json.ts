import { required, text, texts } from "@athanor/core";
import { checkKey } from "../check-key.ts";
import { defineConnector } from "../define-connector.ts";
import { quote, readRelation, withDuck } from "../duck.ts";
import { findFiles, fingerprintFiles } from "../find-files.ts";
import { unreadable } from "../unreadable.ts";

/** JSON files: an array of objects, or an object a line. */
export const json = defineConnector({
  name: "json",
  yields: "table",
  summary: "JSON arrays or lines",
  options: { path: text(required, "a file or a pattern"), key: texts([], "columns that name a row") },
  fingerprint: ({ path }, work) => fingerprintFiles(findFiles("json", path), work),
  async *open({ path, key }, work) {
    const files = findFiles("json", path);
    const relation = `read_json([${files.map(quote).join(", ")}], sample_size = -1)`;
    const table = await withDuck((connection) => readRelation(connection, relation, "reading json", work)).catch(
      unreadable("json", path),
    );
    checkKey("json", table, key);
    yield table;
  },
});
