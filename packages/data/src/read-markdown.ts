import { marked, type Token } from "marked";
import { type Document, languageOf } from "./document.ts";

/** Reads Markdown: front matter of `name: value` lines, the first heading as title, the rest as plain text. */
export function readMarkdown(id: string, source: string): Document {
  const front = /^---\r?\n([\s\S]*?)\r?\n---\r?\n/.exec(source);
  const metadata = Object.fromEntries(
    (front?.[1] ?? "").split(/\r?\n/).flatMap((line) => {
      const at = line.indexOf(":");
      return at > 0
        ? [
            [
              line.slice(0, at).trim(),
              line
                .slice(at + 1)
                .trim()
                .replace(/^["']|["']$/g, ""),
            ],
          ]
        : [];
    }),
  );
  const tokens = marked.lexer(source.slice(front?.[0].length ?? 0));
  const heading = tokens.find((token) => token.type === "heading");
  const text = tokens
    .map(plain)
    .filter((part) => part !== "")
    .join("\n");
  return { id, title: metadata.title ?? (heading ? plain(heading) : id), text, language: languageOf(text), metadata };
}

/** A token's words without its marks. */
function plain(token: Token): string {
  if (token.type === "code" || token.type === "space" || token.type === "html") return "";
  if (token.type === "list") return (token.items as Token[]).map(plain).join("\n");
  if ("tokens" in token && token.tokens) return token.tokens.map(plain).join("");
  return "text" in token ? plainText(token.text as string) : "";
}

const entities: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
};
const plainText = (text: string): string => text.replace(/&(amp|lt|gt|quot|#39);/g, (entity) => entities[entity]!);
