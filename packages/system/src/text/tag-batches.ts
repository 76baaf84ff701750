import { type Random, Tensor } from "@athanor/core";
import type { BatchSource } from "@athanor/nn";
import { special, type Tokenizer } from "@athanor/text";
import { paddedLength } from "./padded-length.ts";
import { tagsOf } from "./spans.ts";
import type { TaggedText } from "./tagged-texts.ts";
import { letterNumbers, lettersOfWord, spellingOf } from "./word-features.ts";

/** A text as a tagger sees it. */
export interface TaggerInput {
  readonly ids: readonly number[];
  /** Letters and spelling of each word, where the tagger looks at them. */
  readonly letters?: readonly (readonly number[])[];
  readonly spellings?: readonly number[];
}

/** What a tagger reads: a tokenizer, and the letters that are known where it looks at them. */
export interface TaggerReading {
  readonly tokenizer: Tokenizer;
  readonly letters: ReadonlyMap<string, number> | undefined;
}

/** Numbers of the tokens of a text; each is one, whether known or not. */
export function taggerInput(tokens: readonly string[], { tokenizer, letters }: TaggerReading): TaggerInput {
  const ids = tokens.map((token) => {
    const [id] = tokenizer.encode(token);
    return id ?? special.unknown;
  });
  if (letters === undefined) return { ids };
  return { ids, letters: tokens.map((token) => letterNumbers(token, letters)), spellings: tokens.map(spellingOf) };
}

/** Texts side by side, filled up with 0, as the inputs of a tagger. */
export function taggerInputs(texts: readonly TaggerInput[]): Record<string, Tensor<"int64">> {
  const length = paddedLength(texts.reduce((longest, { ids }) => Math.max(longest, ids.length), 1));
  const table = (rowOf: (text: TaggerInput) => readonly number[]) => numbers(texts.map(rowOf), length, 0);
  const isWithLetters = texts[0]?.letters !== undefined;
  return {
    words: table(({ ids }) => ids),
    ...(isWithLetters
      ? {
          letters: numbers(
            texts.map(({ letters }) => letters!.flat()),
            length * lettersOfWord,
            0,
          ).reshape([texts.length, length, lettersOfWord]) as Tensor<"int64">,
          spellings: table(({ spellings }) => spellings!),
        }
      : {}),
  };
}

/** Texts for a tagger to learn from; a share of their words becomes unknown where one is given. */
export const tagBatches = (
  texts: readonly TaggedText[],
  inputs: readonly TaggerInput[],
  { tags, wordDropout = 0 }: { readonly tags: readonly string[]; readonly wordDropout?: number },
): BatchSource => {
  const numberOf = new Map(tags.map((tag, i) => [tag, i]));
  const targets = texts.map(({ tokens, spans }) => tagsOf(spans, tokens.length).map((tag) => numberOf.get(tag)!));
  return {
    count: texts.length,
    targets: { dtype: "int64", shape: ["tokens"] },
    async take(rows, random) {
      const own = Array.from(rows, (row) => hidden(inputs[row]!, wordDropout, random));
      const x = taggerInputs(own);
      return {
        x,
        y: numbers(
          Array.from(rows, (row) => targets[row]!),
          x.words!.shape[1]!,
          -1,
        ),
      };
    },
  };
};

function hidden(input: TaggerInput, share: number, random: Random): TaggerInput {
  if (share === 0) return input;
  return { ...input, ids: input.ids.map((id) => (random.uniform() < share ? special.unknown : id)) };
}

function numbers(rows: readonly (readonly number[])[], length: number, fill: number): Tensor<"int64"> {
  const data = new BigInt64Array(rows.length * length).fill(BigInt(fill));
  for (const [i, row] of rows.entries()) for (const [k, value] of row.entries()) data[i * length + k] = BigInt(value);
  return new Tensor("int64", data, [rows.length, length]);
}
