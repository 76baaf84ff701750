import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  characterVocabulary,
  openTokenizer,
  special,
  type TokenizerFile,
  trainBpe,
  trainWordPiece,
  unitVocabulary,
  wordVocabulary,
} from "./index.ts";

interface Golden {
  readonly texts: readonly string[];
  readonly asked: readonly string[];
  readonly files: Readonly<
    Record<"bpe" | "wordPiece" | "words" | "characters" | "unitWords" | "unitCharacters", TokenizerFile>
  >;
  readonly answers: Readonly<Record<keyof Golden["files"], readonly { ids: number[]; decoded: string }[]>>;
  readonly bpeTrainer: { readonly vocab: Record<string, number>; readonly merges: readonly [string, string][] };
}

/** Recorded by `golden/record/text_tokenizers.py`. */
const golden = JSON.parse(
  readFileSync(new URL("../../../golden/text/tokenizers.json", import.meta.url), "utf8"),
) as Golden;
const { texts, asked } = golden;
const trained = {
  bpe: trainBpe(texts, { vocabularySize: 330 }),
  wordPiece: trainWordPiece(texts, { vocabularySize: 120 }),
  words: wordVocabulary(texts, { minCount: 2 }),
  characters: characterVocabulary(texts, { lowercase: false }),
  unitWords: unitVocabulary(texts, { units: "words" }),
  unitCharacters: unitVocabulary(texts, { units: "characters" }),
};

describe.each(["bpe", "wordPiece", "words", "characters", "unitWords", "unitCharacters"] as const)(
  "a tokenizer of kind %s",
  (kind) => {
    it("is what was recorded", () => {
      expect(trained[kind]).toEqual(golden.files[kind]);
    });

    it("gives the ids and texts that Hugging Face's library gives for the same file", () => {
      const tokenizer = openTokenizer(trained[kind]);
      for (const [i, text] of [...texts, ...asked].entries()) {
        const { ids, decoded } = golden.answers[kind][i]!;
        expect(tokenizer.encode(text), text).toEqual(ids);
        expect(tokenizer.decode(ids), text).toBe(decoded);
      }
    });

    it("numbers its tokens from 0, special ones first, without a gap", () => {
      const tokenizer = openTokenizer(trained[kind]);
      const tokens = Array.from({ length: tokenizer.vocabularySize }, (_, id) => tokenizer.tokenOf(id));
      expect(tokens.map((token) => tokenizer.idOf(token!))).toEqual(tokens.map((_, id) => id));
      expect(tokens[special.mask]).toBe("[MASK]");
    });
  },
);

describe("trainBpe", () => {
  it("learns the vocabulary and the merges that Hugging Face's trainer learns", () => {
    const { model } = trained.bpe;
    expect(model.vocab).toEqual(golden.bpeTrainer.vocab);
    expect(model.merges).toEqual(golden.bpeTrainer.merges.map((pair) => pair.join(" ")));
  });

  it("gives back any text, Chinese and emoji as well", () => {
    const tokenizer = openTokenizer(trained.bpe);
    for (const text of [...texts, ...asked])
      if (!text.includes("[MASK]")) expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
  });

  it("stops when it is told", () => {
    expect(() => trainBpe(texts, { vocabularySize: 330, signal: AbortSignal.abort() })).toThrow(
      expect.objectContaining({ name: "AbortError" }),
    );
  });
});

describe("openTokenizer", () => {
  it("names what is no tokenizer", () => {
    expect(() => openTokenizer({ model: { type: "Riddle" } } as unknown as TokenizerFile)).toThrow(
      expect.objectContaining({ code: "text/tokenizer-file" }),
    );
  });
});
