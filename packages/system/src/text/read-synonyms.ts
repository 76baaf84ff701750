import { readFile } from "node:fs/promises";
import { AthanorError } from "@athanor/core";
import type { Tokenizer } from "@athanor/text";

/**
 * Words that may stand for each other, by their numbers; those that a tokenizer does not know as one token are left out.
 *
 * @param path a file with the words of one meaning on each line, separated by commas, tabs or spaces
 * @throws `task/synonyms`
 */
export async function readSynonyms(
  path: string,
  tokenizer: Tokenizer,
): Promise<ReadonlyMap<number, readonly number[]>> {
  const text = await readFile(path, "utf8").catch((cause) => {
    throw new AthanorError(
      "task/synonyms",
      `synonyms: expected a file of words that mean the same, got none at ${path}`,
      {
        fix: "Give the path of a text file whose lines hold the words of one meaning each.",
        cause,
      },
    );
  });
  const synonyms = new Map<number, readonly number[]>();
  for (const line of text.split("\n")) {
    const words = line
      .split(/[\s,]+/)
      .flatMap((word) => (tokenizer.tokens(word).length === 1 ? tokenizer.tokens(word) : []));
    const ids = words.flatMap((word) => tokenizer.idOf(word) ?? []);
    for (const id of ids) {
      const others = ids.filter((other) => other !== id);
      if (others.length > 0) synonyms.set(id, [...(synonyms.get(id) ?? []), ...others]);
    }
  }
  return synonyms;
}
