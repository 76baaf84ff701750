import { globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { AthanorError, oneOf, required, text } from "@athanor/core";
import { defineConnector } from "../define-connector.ts";
import { fingerprintFiles } from "../find-files.ts";
import { encodings } from "../read-csv.ts";
import { type Table, textColumn } from "../table.ts";

/** Texts in folders, labelled by the folder they lie in: a table with the columns `path`, `text` and `label`. */
export const textFolders = defineConnector({
  name: "textFolders",
  yields: "table",
  summary: "Text files, labelled by the folder they lie in",
  options: {
    path: text(required, "the folder of folders"),
    encoding: oneOf("utf-8", "how the texts are encoded", encodings),
  },
  fingerprint: ({ path }, work) => fingerprintFiles(textFiles(path), work),
  async *open({ path, encoding }, { signal, onProgress }) {
    const files = textFiles(path);
    const decoder = new TextDecoder(encoding);
    const found: string[] = [];
    for (const [i, file] of files.entries()) {
      signal?.throwIfAborted();
      found.push(decoder.decode(await readFile(file)));
      onProgress?.({ stage: "reading texts", done: i + 1, total: files.length, unit: "texts" });
    }
    const table: Table = {
      rows: files.length,
      columns: [
        textColumn(
          "path",
          files.map((file) => relative(path, file)),
        ),
        textColumn("text", found),
        textColumn(
          "label",
          files.map((file) => basename(dirname(file))),
        ),
      ],
    };
    yield table;
  },
});

function textFiles(folder: string): readonly string[] {
  const files = globSync("*/**/*", { cwd: folder, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  if (files.length > 0) return files;
  throw new AthanorError("data/missing-file", `textFolders: expected folders of texts in ${folder}, got none`, {
    fix: "Put the texts of each label into a folder of its name; the path is relative to the folder of learn.config.ts.",
    details: { path: folder },
  });
}
