/** Tokens are below this, so that five of them are one exact number. */
const radix = 1024;
/** Discounts of what came once, twice, and more often. */
type Discounts = readonly [number, number, number];

interface Order {
  /** How often a run of tokens came or, below the highest order, before how many different tokens' ends it stood. */
  readonly counts: Map<number, number>;
  /** Of each context: the sum over what follows, and how many followers came once, twice, and more often. */
  readonly contexts: Map<number, readonly [sum: number, once: number, twice: number, more: number]>;
  readonly discounts: Discounts;
}

/** The probability of a token after the `order - 1` before it. */
export interface LanguageModel {
  readonly order: number;
  probability(history: readonly number[], token: number): number;
}

/**
 * An n-gram model, interpolated and smoothed by Kneser and Ney's modified method.
 *
 * @param texts tokens, all below `vocabulary`, at most 1,024
 * @see Chen and Goodman 1999, "An empirical study of smoothing techniques for language modeling"
 */
export function kneserNey(texts: readonly (readonly number[])[], order: number, vocabulary: number): LanguageModel {
  const orders: Order[] = [];
  let counts = new Map<number, number>();
  for (const plain of texts) {
    const text = withStarts(plain, order);
    for (let end = order; end <= text.length; end++) {
      const key = keyOf(text, end - order, end);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  for (let n = order; n >= 1; n--) {
    orders[n] = orderOf(counts);
    const shorter = new Map<number, number>();
    const modulus = radix ** (n - 1);
    for (const key of counts.keys()) {
      const tail = key % modulus;
      shorter.set(tail, (shorter.get(tail) ?? 0) + 1);
    }
    counts = shorter;
  }
  const probability = (history: readonly number[], token: number, n: number): number => {
    if (n === 0) return 1 / vocabulary;
    const context = keyOf(history, history.length - n + 1, history.length);
    const lower = probability(history, token, n - 1);
    const { counts: own, contexts, discounts } = orders[n]!;
    const known = contexts.get(context);
    if (known === undefined) return lower;
    const [sum, once, twice, more] = known;
    const count = own.get(context * radix + token) ?? 0;
    const left = discounts[0] * once + discounts[1] * twice + discounts[2] * more;
    return (count - discountOf(discounts, count) + left * lower) / sum;
  };
  return { order, probability: (history, token) => probability(history, token, order) };
}

/** A text whose first token, its start, is as long a context as any. */
export const withStarts = (text: readonly number[], order: number): readonly number[] => [
  ...Array<number>(order - 2).fill(text[0]!),
  ...text,
];

function keyOf(tokens: readonly number[], start: number, end: number): number {
  let key = 0;
  for (let i = start; i < end; i++) key = key * radix + tokens[i]!;
  return key;
}

function orderOf(counts: Map<number, number>): Order {
  const contexts = new Map<number, [number, number, number, number]>();
  const times = [0, 0, 0, 0, 0];
  for (const [key, count] of counts) {
    const context = Math.floor(key / radix);
    const known = contexts.get(context) ?? [0, 0, 0, 0];
    known[0] += count;
    known[Math.min(3, count) as 1 | 2 | 3]++;
    contexts.set(context, known);
    if (count < 5) times[count]!++;
  }
  const [, n1 = 0, n2 = 0, n3 = 0, n4 = 0] = times;
  const y = n1 / (n1 + 2 * n2 || 1);
  const discount = (count: number, now: number, next: number) =>
    Math.min(count, Math.max(0, count - ((count + 1) * y * next) / (now || 1)));
  return { counts, contexts, discounts: [discount(1, n1, n2), discount(2, n2, n3), discount(3, n3, n4)] };
}

const discountOf = (discounts: Discounts, count: number): number =>
  count === 0 ? 0 : discounts[(Math.min(3, count) - 1) as 0 | 1 | 2];
