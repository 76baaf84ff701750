import { readFile } from "node:fs/promises";
import { dirname, extname, relative } from "node:path";
import { AthanorError, required, text } from "@athanor/core";
import { defineConnector } from "../define-connector.ts";
import { type Document, languageOf } from "../document.ts";
import { findFiles, fingerprintFiles } from "../find-files.ts";

/** Markdown, HTML and plain text files. */
export const documents = defineConnector({
  name: "documents",
  yields: "documents",
  summary: "Markdown, HTML and plain text",
  options: { path: text(required, "a file, or a pattern such as reviews/**/*.{md,html}") },
  fingerprint: ({ path }, work) => fingerprintFiles(findFiles("documents", path), work),
  async *open({ path }, { signal, onProgress }) {
    const files = findFiles("documents", path);
    const root = dirname(files[0]!);
    for (const [i, file] of files.entries()) {
      signal?.throwIfAborted();
      yield [await parse(relative(root, file), file, await readFile(file))] as readonly Document[];
      onProgress?.({ stage: "reading documents", done: i + 1, total: files.length, unit: "documents" });
    }
  },
});

/** The readers are loaded when a file needs them: they are a quarter of what a command would load at its start. */
async function parse(id: string, file: string, bytes: Uint8Array): Promise<Document> {
  if (bytes.subarray(0, 8192).includes(0)) {
    throw new AthanorError("data/unreadable", `documents: expected ${file} to be text, got binary content`, {
      fix: "Narrow the pattern to .md, .html and .txt files.",
      details: { path: file },
    });
  }
  const source = new TextDecoder().decode(bytes);
  const kind = extname(file).toLowerCase();
  if (kind === ".md" || kind === ".markdown") return (await import("../read-markdown.ts")).readMarkdown(id, source);
  if (kind === ".html" || kind === ".htm") return (await import("../read-html.ts")).readHtml(id, source);
  return { id, title: id, text: source, language: languageOf(source), metadata: {} };
}
