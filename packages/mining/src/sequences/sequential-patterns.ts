import { AthanorError, type LongWork, pauses } from "@athanor/core";

/** What counts as frequent. */
export interface SequenceOptions extends LongWork {
  /** Share of the sequences when below 1, a count otherwise. */
  readonly minSupport: number;
  /** Items in a pattern at most. */
  readonly maxLength?: number;
}

/** Items that follow one another in this order, with or without others between, and in how many sequences. */
export interface SequentialPattern {
  readonly items: readonly string[];
  readonly count: number;
}

/**
 * The subsequences that occur in at least the wanted number of sequences of single items; counts are exact.
 *
 * @throws `mining/support` when the support is not above 0
 * @see Pei et al. 2004, "Mining sequential patterns by pattern-growth: the PrefixSpan approach"
 */
export async function sequentialPatterns(
  sequences: readonly (readonly string[])[],
  { minSupport, maxLength = Number.POSITIVE_INFINITY, signal, onProgress }: SequenceOptions,
): Promise<readonly SequentialPattern[]> {
  if (!(minSupport > 0)) {
    throw new AthanorError("mining/support", `sequentialPatterns: expected minSupport above 0, got ${minSupport}`, {
      fix: "Give a share such as 0.01, or a count of at least 1.",
      details: { minSupport },
    });
  }
  const least = Math.max(1, Math.ceil((minSupport < 1 ? minSupport * sequences.length : minSupport) - 1e-9));
  const pause = pauses({ signal });
  const found: SequentialPattern[] = [];
  const prefix: string[] = [];

  /** Where each sequence goes on after the first occurrence of the prefix: pairs of its number and a position. */
  const grow = async (rests: readonly number[]): Promise<void> => {
    const followers = followersOf(sequences, rests);
    let done = 0;
    for (const [item, next] of followers) {
      if (next.length / 2 >= least) {
        prefix.push(item);
        found.push({ items: prefix.slice(), count: next.length / 2 });
        if (prefix.length < maxLength) await grow(next);
        prefix.pop();
      }
      done++;
      if (prefix.length === 0) onProgress?.({ stage: "growing patterns", done, total: followers.size, unit: "items" });
      await pause();
    }
  };
  await grow(sequences.flatMap((_, i) => [i, 0]));
  return found;
}

/** The rests of sequences after the first of each item in them. */
function followersOf(sequences: readonly (readonly string[])[], rests: readonly number[]): Map<string, number[]> {
  const followers = new Map<string, number[]>();
  for (let i = 0; i < rests.length; i += 2) {
    const sequence = sequences[rests[i]!]!;
    for (let at = rests[i + 1]!; at < sequence.length; at++) {
      const item = sequence[at]!;
      let next = followers.get(item);
      if (!next) followers.set(item, (next = []));
      // A sequence counts once: only its first occurrence opens a rest.
      if (next.at(-2) !== rests[i]) next.push(rests[i]!, at + 1);
    }
  }
  return followers;
}
