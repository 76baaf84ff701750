import { AthanorError } from "@athanor/core";
import { columnOf, type Table, textsOf } from "@athanor/data";
import { type Span, spansOf, tagsOf } from "./spans.ts";

/** A text as the words or characters that are tagged. */
export interface TaggedText {
  readonly tokens: readonly string[];
  readonly spans: readonly Span[];
}

interface Columns {
  readonly text: string;
  readonly tags: string;
}

/**
 * The texts of a table, whose tokens and tags are separated by blanks.
 *
 * @throws `task/tags` for a row that has not as many tags as tokens
 */
export function taggedTexts(table: Table, { text, tags }: Columns, owner: string): readonly TaggedText[] {
  const texts = textsOf(columnOf(table, text, owner));
  const tagged = textsOf(columnOf(table, tags, owner));
  return texts.flatMap((each, row) => {
    const tokens = words(each);
    const own = words(tagged[row]);
    if (tokens.length !== own.length) {
      throw new AthanorError(
        "task/tags",
        `${owner}: expected a tag for each of the ${tokens.length} tokens of row ${row}, got ${own.length}`,
        { fix: `Separate the tokens in ${text} and the tags in ${tags} by single blanks.`, details: { row } },
      );
    }
    return tokens.length === 0 ? [] : [{ tokens, spans: spansOf(own) }];
  });
}

const words = (text: string | undefined): string[] => text?.split(/\s+/).filter((word) => word !== "") ?? [];

/** All tags that texts need, the one outside of spans first. */
export const tagNames = (texts: readonly TaggedText[]): readonly string[] => [
  "O",
  ...new Set(
    texts
      .flatMap(({ tokens, spans }) => tagsOf(spans, tokens.length))
      .filter((tag) => tag !== "O")
      .sort(),
  ),
];

/** @throws `task/unknown-label` for a span of a kind that training has not seen */
export function checkKinds(owner: string, texts: readonly TaggedText[], tags: readonly string[]): void {
  const kinds = new Set(tags.filter((tag) => tag !== "O").map((tag) => tag.slice(2)));
  for (const [row, { spans }] of texts.entries()) {
    const stray = spans.find(({ kind }) => !kinds.has(kind));
    if (stray === undefined) continue;
    throw new AthanorError(
      "task/unknown-label",
      `${owner}: expected spans of ${[...kinds].join(", ")}, got ${stray.kind} in text ${row}`,
      {
        fix: `Add texts with ${stray.kind} to those that training learns from, or leave this one out.`,
        details: { row },
      },
    );
  }
}
