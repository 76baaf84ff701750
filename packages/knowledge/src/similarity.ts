/**
 * Likeness of two strings from 0 to 1, kind to slips and to a common start.
 *
 * @see Winkler 1990, "String comparator metrics and enhanced decision rules"
 */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1;
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const taken = new Uint8Array(b.length);
  const matched: string[] = [];
  for (let i = 0; i < a.length; i++) {
    for (let j = Math.max(0, i - reach); j < Math.min(b.length, i + reach + 1); j++) {
      if (taken[j] || a[i] !== b[j]) continue;
      taken[j] = 1;
      matched.push(a[i]!);
      break;
    }
  }
  if (matched.length === 0) return 0;
  const other = [...b].filter((_, j) => taken[j]);
  const swaps = matched.filter((character, i) => character !== other[i]).length / 2;
  const jaro = (matched.length / a.length + matched.length / b.length + (matched.length - swaps) / matched.length) / 3;
  let prefix = 0;
  while (prefix < 4 && prefix < a.length && a[prefix] === b[prefix]) prefix++;
  return jaro + 0.1 * prefix * (1 - jaro);
}

/** Lower case, no accents, single spaces. */
export const normalise = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}@.]+/gu, " ")
    .trim();
