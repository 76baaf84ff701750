/** A text with where it came from. */
export interface Document {
  /** Path relative to the first file's folder. */
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly language: "en" | "zh" | undefined;
  /** Front matter or meta tags. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** English or Chinese by the share of Han and Latin letters. */
export function languageOf(text: string): Document["language"] {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  if (han + latin === 0) return undefined;
  // A Chinese character says about as much as three Latin letters.
  return 3 * han > latin ? "zh" : "en";
}
