import { AthanorError } from "@athanor/core";

/** @throws `usage/number` when the word is not a whole number */
export function wholeNumber(command: string, word: string): number {
  const value = Number(word);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new AthanorError("usage/number", `athanor ${command}: expected a whole number, got ${word}`, {
    fix: "Give the number that the list shows.",
    details: { word },
  });
}
