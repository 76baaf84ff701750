import { globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { AthanorError, oneOf, required, text } from "@athanor/core";
import { defineConnector } from "../define-connector.ts";
import { findFiles, fingerprintFiles } from "../find-files.ts";
import { encodings } from "../read-csv.ts";
import { readTar, type TarFile } from "../read-tar.ts";
import { type Table, textColumn } from "../table.ts";

/** Texts in folders, labelled by the folder they lie in: a table with the columns `path`, `text` and `label`. */
export const textFolders = defineConnector({
  name: "textFolders",
  yields: "table",
  summary: "Text files, labelled by the folder they lie in",
  options: {
    path: text(required, "the folder of folders, or a .tar or .tar.gz of one"),
    encoding: oneOf("utf-8", "how the texts are encoded", encodings),
  },
  fingerprint: ({ path }, work) =>
    fingerprintFiles(isArchive(path) ? findFiles("textFolders", path) : textFiles(path), work),
  async *open({ path, encoding }, { signal }) {
    const decoder = new TextDecoder(encoding);
    const rows: { path: string; text: string; label: string }[] = [];
    for await (const file of isArchive(path) ? archived(path) : inFolder(path)) {
      signal?.throwIfAborted();
      const label = basename(dirname(file.path));
      if (label !== ".") rows.push({ path: file.path, text: decoder.decode(file.bytes), label });
    }
    rows.sort((a, b) => (a.path < b.path ? -1 : 1));
    const column = (name: "path" | "text" | "label") =>
      textColumn(
        name,
        rows.map((row) => row[name]),
      );
    const table: Table = { rows: rows.length, columns: [column("path"), column("text"), column("label")] };
    yield table;
  },
});

const isArchive = (path: string) => /\.(tar|tar\.gz|tgz)$/i.test(path);

async function* archived(path: string): AsyncGenerator<TarFile> {
  const bytes = await readFile(findFiles("textFolders", path)[0]!);
  yield* readTar(/gz$/i.test(path) ? await promisify(gunzip)(bytes) : bytes);
}

async function* inFolder(folder: string): AsyncGenerator<TarFile> {
  for (const path of textFiles(folder))
    yield { path: path.slice(folder.length).replace(/^[/\\]/, ""), bytes: await readFile(path) };
}

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
