import { AthanorError } from "@athanor/core";

/**
 * Reads `NAME=VALUE` words.
 *
 * @throws `usage/assignment`
 */
export function assignments(owner: string, words: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    words.map((word) => {
      const at = word.indexOf("=");
      if (at < 1) {
        throw new AthanorError("usage/assignment", `${owner}: expected NAME=VALUE, got ${word}`, {
          fix: `Write ${owner} NAME=VALUE.`,
          details: { word },
        });
      }
      return [word.slice(0, at), word.slice(at + 1)];
    }),
  );
}

/** A value that is JSON (a number, true, null, "quoted") is that, any other is text. */
export function jsonOrText(word: string): unknown {
  try {
    return JSON.parse(word);
  } catch {
    return word;
  }
}
