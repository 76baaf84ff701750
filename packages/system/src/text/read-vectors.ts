import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { AthanorError, float32, Random, type Tensor } from "@athanor/core";

/** Learned vectors of words, from a file of one word and its numbers a line, as GloVe writes them. */
export interface WordVectors {
  readonly width: number;
  readonly vectors: ReadonlyMap<string, Float32Array>;
}

/** @throws `task/vectors` for a file that is missing, or whose lines are not equally long */
export async function readVectors(path: string): Promise<WordVectors> {
  const vectors = new Map<string, Float32Array>();
  let width = 0;
  const fail = (got: string, cause?: unknown): never => {
    throw new AthanorError("task/vectors", `vectors: expected lines of a word and its numbers in ${path}, got ${got}`, {
      fix: "Give a file in GloVe's text format: a word, a blank, and equally many numbers on each line.",
      cause,
    });
  };
  try {
    for await (const line of createInterface({ input: createReadStream(path) })) {
      const [word, ...numbers] = line.trimEnd().split(" ");
      // word2vec begins with a line of two counts.
      if (numbers.length < 2) continue;
      width ||= numbers.length;
      const vector = Float32Array.from(numbers, Number);
      if (numbers.length !== width || !vector.every(Number.isFinite)) return fail(JSON.stringify(line.slice(0, 60)));
      vectors.set(word!, vector);
    }
  } catch (cause) {
    if (cause instanceof AthanorError) throw cause;
    return fail((cause as Error).message, cause);
  }
  return width > 0 ? { width, vectors } : fail("none");
}

/** A table of rows for numbered words: what is known of a word, then `more` numbers, drawn as all numbers of unknown words are. */
export function tableOf(
  words: readonly string[],
  { width, vectors }: WordVectors,
  more: number,
  seed: number,
): Tensor<"float32"> {
  const random = Random.from(seed).split("vectors");
  const size = width + more;
  const spread = deviation(vectors);
  const table = Float32Array.from({ length: words.length * size }, () => 0.5 * random.normal());
  for (const [row, word] of words.entries()) {
    const known = vectors.get(word) ?? vectors.get(word.toLowerCase());
    if (known)
      table.set(
        known.map((value) => (0.5 * value) / spread),
        row * size,
      );
  }
  return float32(table, [words.length, size]);
}

function deviation(vectors: WordVectors["vectors"]): number {
  let [sum, count] = [0, 0];
  for (const vector of vectors.values()) {
    for (const value of vector) sum += value * value;
    count += vector.length;
  }
  return Math.sqrt(sum / Math.max(1, count)) || 1;
}
