/** Letters of a word that are looked at: the first and the last ones of a longer word. */
export const lettersOfWord = 20;

/** Kinds of spelling, and what each looks like. */
const spellings = [/^\d+$/, /\d/, /^\p{Lu}+$/u, /^\p{Lu}\p{Ll}+$/u, /^\p{Lu}/u, /^\p{Ll}+$/u, /\p{Lu}/u, /\p{L}/u];

/** How many kinds of spelling there are; 0 is what is none of them. */
export const spellingKinds = spellings.length + 1;

/** The first kind of spelling that a word is of: digits, capitals, capitalised, small letters and so on. */
export const spellingOf = (word: string): number => 1 + spellings.findIndex((pattern) => pattern.test(word));

/** Numbers of a word's letters, filled up with 0; letters that are not known have the number 1. */
export function letterNumbers(word: string, numbers: ReadonlyMap<string, number>): number[] {
  const letters = Array.from(word);
  const seen =
    letters.length > lettersOfWord
      ? [...letters.slice(0, lettersOfWord / 2), ...letters.slice(-lettersOfWord / 2)]
      : letters;
  return Array.from({ length: lettersOfWord }, (_, i) => (i < seen.length ? (numbers.get(seen[i]!) ?? 1) : 0));
}

/** The most frequent letters of words, at most so many. */
export function knownLetters(words: Iterable<string>, limit = 300): readonly string[] {
  const counts = new Map<string, number>();
  for (const word of words) for (const letter of word) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return [...counts]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, limit)
    .map(([letter]) => letter);
}

/** Numbers of letters, from 2: 0 is none, 1 an unknown one. */
export const numberLetters = (letters: readonly string[]): ReadonlyMap<string, number> =>
  new Map(letters.map((letter, i) => [letter, i + 2]));
