import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { AthanorError, integer, pauses, required, text } from "@athanor/core";
import { defineConnector } from "../define-connector.ts";
import { findFiles, fingerprintFiles } from "../find-files.ts";
import { type Table, textColumn } from "../table.ts";

/**
 * Tagged texts: a word and its tag on each line, an empty line between texts, gzipped or not. The table has a row a text, with the
 * columns `tokens` and `tags`, either separated by blanks.
 *
 * @see https://www.clips.uantwerpen.be/conll2003/ner/
 */
export const conll = defineConnector({
  name: "conll",
  yields: "table",
  summary: "Texts with a word and its tag on each line",
  options: {
    path: text(required, "a file, or a pattern such as data/*.conll"),
    token: integer(0, "the word's place on a line, from 0", { min: 0 }),
    tag: integer(-1, "the tag's place, counted from the end when negative"),
  },
  fingerprint: ({ path }, work) => fingerprintFiles(findFiles("conll", path), work),
  async *open({ path, token, tag }, { signal }) {
    const pause = pauses({ signal });
    const tokens: string[] = [];
    const tags: string[] = [];
    for (const file of findFiles("conll", path)) {
      signal?.throwIfAborted();
      const bytes = await readFile(file);
      const plain = file.endsWith(".gz") ? await promisify(gunzip)(bytes) : bytes;
      let own: [string, string][] = [];
      const close = () => {
        if (own.length === 0) return;
        tokens.push(own.map(([word]) => word).join(" "));
        tags.push(own.map(([, each]) => each).join(" "));
        own = [];
      };
      for (const [i, line] of new TextDecoder().decode(plain).split("\n").entries()) {
        const fields = line.trim().split(/\s+/);
        if (fields[0] === "" || fields[0] === "-DOCSTART-") close();
        else own.push(pairOf(fields, { token, tag }, `${file}:${i + 1}`));
        await pause();
      }
      close();
    }
    const table: Table = { rows: tokens.length, columns: [textColumn("tokens", tokens), textColumn("tags", tags)] };
    yield table;
  },
});

function pairOf(
  fields: readonly string[],
  { token, tag }: { readonly token: number; readonly tag: number },
  place: string,
): [string, string] {
  const [word, own] = [fields[token], fields.length > 1 ? fields.at(tag) : undefined];
  if (word !== undefined && own !== undefined) return [word, own];
  throw new AthanorError(
    "data/unreadable",
    `conll: expected a word and its tag in ${place}, got ${JSON.stringify(fields.join(" "))}`,
    {
      fix: "Put a word, white space and its tag on each line, or say with token and tag where they stand.",
      details: { place },
    },
  );
}
