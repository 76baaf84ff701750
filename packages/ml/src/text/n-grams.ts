/** How texts are cut: words of two letters or digits at least, or single characters. */
export type Analyzer = "word" | "char";

/** Words or characters of a text; white space is no character. */
export function tokensOf(text: string, analyzer: Analyzer): readonly string[] {
  if (analyzer === "word") return (text.match(/[\p{L}\p{N}_]+/gu) ?? []).filter((word) => [...word].length > 1);
  return [...text].filter((character) => !/\s/u.test(character));
}

/** Runs of `from` to `to` tokens. */
export function nGramsOf(tokens: readonly string[], from: number, to: number): readonly (readonly string[])[] {
  const grams: (readonly string[])[] = [];
  for (let size = from; size <= to; size++)
    for (let at = 0; at + size <= tokens.length; at++) grams.push(tokens.slice(at, at + size));
  return grams;
}
