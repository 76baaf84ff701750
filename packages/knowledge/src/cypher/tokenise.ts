import { AthanorError } from "@athanor/core";

export interface Token {
  readonly kind: "name" | "number" | "text" | "parameter" | "sign" | "end";
  readonly text: string;
  readonly at: number;
}

const forms: readonly (readonly [Token["kind"] | "space", RegExp])[] = [
  ["space", /\s+|\/\/[^\n]*/y],
  ["number", /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y],
  ["parameter", /\$[\p{L}_][\p{L}\p{N}_]*/uy],
  ["name", /[\p{L}_][\p{L}\p{N}_]*|`[^`]+`/uy],
  ["text", /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/y],
  ["sign", /<>|<=|>=|->|<-|[()[\]{}:,.*=<>|+/-]/y],
];

/** @throws `cypher/syntax` */
export function tokenise(query: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < query.length; ) {
    const found = forms.find(([, form]) => {
      form.lastIndex = at;
      return form.test(query);
    });
    if (found === undefined) throw syntaxError(query, at, "a name, a value or a sign");
    const [kind, form] = found;
    const raw = query.slice(at, form.lastIndex);
    if (kind === "text") tokens.push({ kind, text: raw.slice(1, -1).replace(/\\(.)/g, "$1"), at });
    else if (kind !== "space")
      tokens.push({ kind, text: kind === "parameter" ? raw.slice(1) : raw.replaceAll("`", ""), at });
    at = form.lastIndex;
  }
  tokens.push({ kind: "end", text: "the end", at: query.length });
  return tokens;
}

/** An error that points at the place with a caret. */
export function syntaxError(query: string, at: number, expected: string): AthanorError {
  const before = query.slice(0, at).split("\n");
  const [line, column] = [before.length, before.at(-1)!.length + 1];
  const text = query.split("\n")[line - 1] ?? "";
  const got = query.slice(at).match(/^\S+/)?.[0] ?? "the end";
  return new AthanorError(
    "cypher/syntax",
    `Query: expected ${expected} in line ${line}, column ${column}, got ${got}`,
    {
      fix: "Correct the query; the supported part of Cypher is listed in docs/knowledge.md.",
      details: { line, column, caret: `${text}\n${" ".repeat(column - 1)}^` },
    },
  );
}
