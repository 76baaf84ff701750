import type { LongWork } from "@athanor/core";

/** Words as symbols, and how often each comes. */
export interface CountedWord {
  readonly symbols: readonly string[];
  readonly count: number;
}

export interface Merges {
  /** Symbols in the order of their numbers: those given, then those that merges made. */
  readonly symbols: readonly string[];
  readonly merges: readonly (readonly [string, string])[];
}

interface MergeOptions extends LongWork {
  /** How many symbols there may be in all. */
  readonly size: number;
  /** How often a pair has to come to be merged. */
  readonly minCount: number;
  /** The symbol of two neighbours. */
  readonly join: (left: string, right: string) => string;
}

interface Candidate {
  readonly left: number;
  readonly right: number;
  readonly count: number;
}

/** More symbols than any vocabulary has: a pair is one number. */
const radix = 2 ** 24;
const keyOf = (left: number, right: number) => left * radix + right;

/**
 * Merges the pair of neighbours that comes most often, again and again; of equal ones that of the earliest symbols.
 *
 * @see Sennrich, Haddow and Birch 2016, https://arxiv.org/abs/1508.07909
 */
export function learnMerges(
  alphabet: readonly string[],
  words: readonly CountedWord[],
  { size, minCount, join, signal, onProgress }: MergeOptions,
): Merges {
  const symbols = [...alphabet];
  const numbers = new Map(symbols.map((symbol, i) => [symbol, i]));
  const texts = words.map(({ symbols: own }) =>
    own.flatMap((symbol) => (numbers.has(symbol) ? [numbers.get(symbol)!] : [])),
  );
  const counts = new Map<number, number>();
  const places = new Map<number, Set<number>>();
  const note = (key: number, change: number, word: number) => {
    counts.set(key, (counts.get(key) ?? 0) + change);
    if (change <= 0) return;
    const known = places.get(key);
    if (known) known.add(word);
    else places.set(key, new Set([word]));
  };
  for (const [word, text] of texts.entries())
    for (let i = 1; i < text.length; i++) note(keyOf(text[i - 1]!, text[i]!), words[word]!.count, word);

  const heap: Candidate[] = [];
  for (const [key, count] of counts) push(heap, { left: Math.floor(key / radix), right: key % radix, count });
  const merges: (readonly [string, string])[] = [];
  while (symbols.length < size && heap.length > 0) {
    signal?.throwIfAborted();
    const { left, right, count } = pop(heap);
    const key = keyOf(left, right);
    const now = counts.get(key) ?? 0;
    if (now !== count) {
      // Earlier merges took some of its places.
      if (now > 0) push(heap, { left, right, count: now });
      continue;
    }
    if (count < Math.max(1, minCount)) break;
    const merged = join(symbols[left]!, symbols[right]!);
    const made = numbers.get(merged) ?? symbols.push(merged) - 1;
    numbers.set(merged, made);
    merges.push([symbols[left]!, symbols[right]!]);
    const grown = new Set<number>();
    for (const word of places.get(key)!) {
      for (const [pair, change] of replace(texts[word]!, left, right, made)) {
        note(pair, change * words[word]!.count, word);
        if (change > 0) grown.add(pair);
      }
    }
    counts.delete(key);
    places.delete(key);
    for (const pair of grown)
      push(heap, { left: Math.floor(pair / radix), right: pair % radix, count: counts.get(pair)! });
    onProgress?.({ stage: "learning tokens", done: symbols.length, total: size, unit: "tokens" });
  }
  return { symbols, merges };
}

/** Puts one symbol for a pair of neighbours wherever it comes; returns which pairs came or went by it. */
function replace(text: number[], left: number, right: number, made: number): [pair: number, change: number][] {
  const changes: [number, number][] = [];
  let to = 0;
  for (let from = 0; from < text.length; from++) {
    if (text[from] !== left || text[from + 1] !== right) {
      text[to++] = text[from]!;
      continue;
    }
    if (to > 0) changes.push([keyOf(text[to - 1]!, left), -1], [keyOf(text[to - 1]!, made), 1]);
    if (from + 2 < text.length) changes.push([keyOf(right, text[from + 2]!), -1], [keyOf(made, text[from + 2]!), 1]);
    text[to++] = made;
    from++;
  }
  text.length = to;
  return changes;
}

const isBefore = (a: Candidate, b: Candidate): boolean =>
  a.count !== b.count ? a.count > b.count : a.left !== b.left ? a.left < b.left : a.right < b.right;

function push(heap: Candidate[], item: Candidate): void {
  let at = heap.push(item) - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!isBefore(item, heap[parent]!)) break;
    heap[at] = heap[parent]!;
    at = parent;
  }
  heap[at] = item;
}

function pop(heap: Candidate[]): Candidate {
  const [first] = heap;
  const last = heap.pop()!;
  if (heap.length === 0) return last;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++;
    if (!isBefore(heap[child]!, last)) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = last;
  return first!;
}
