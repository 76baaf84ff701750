import { Readability } from "@mozilla/readability";
import { parseHTML } from "linkedom";
import { type Document, languageOf } from "./document.ts";

/** Reads a page: its title, its main text, its meta tags. */
export function readHtml(id: string, source: string): Document {
  const { document } = parseHTML(source);
  const metadata = Object.fromEntries(
    [...document.querySelectorAll("meta[name]")].map((meta) => [
      meta.getAttribute("name") ?? "",
      meta.getAttribute("content") ?? "",
    ]),
  );
  const title = document.title || document.querySelector("h1")?.textContent || id;
  const declared = document.documentElement?.getAttribute("lang")?.slice(0, 2);
  const body = (document.body?.textContent ?? "")
    .replace(/[ \t]+/g, " ")
    .replace(/\s*\n\s*/g, "\n")
    .trim();
  const article = new Readability(document as never)
    .parse()
    ?.textContent?.replace(/\s*\n\s*/g, "\n")
    .trim();
  const text = article && article.length > body.length / 2 ? article : body;
  return {
    id,
    title: title.trim(),
    text,
    language: declared === "en" || declared === "zh" ? declared : languageOf(text),
    metadata,
  };
}
