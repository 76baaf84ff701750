import { lengthsOf, viterbi } from "@athanor/nn";
import type { GraphBuilder, Value } from "@athanor/onnx";
import { lettersOfWord } from "./word-features.ts";

/** The score that the tag of the best path has in `logits`, where all others have 0. */
const chosenScore = 20;

type Scores = Readonly<Record<string, Value>>;

/** Mean of the scores that networks side by side give each step of a path. */
export function meanScores(g: GraphBuilder, scores: Scores): Value {
  const each = Object.values(scores);
  return g.mul(
    each.reduce((sum, one) => g.add(sum, one)),
    1 / each.length,
  );
}

/**
 * The file of a tagger: `input_ids` and `attention_mask` in, as Hugging Face's libraries call them, letters and spellings where it
 * looks at them; out the best path as `tags`, −1 after a text's end, and once more as scores, whose greatest is the tag of the path.
 */
export function taggerGraph(
  g: GraphBuilder,
  apply: (inputs: Readonly<Record<string, Value>>) => Scores,
  { tags, hasLetters }: { readonly tags: readonly string[]; readonly hasLetters: boolean },
): void {
  const ids = g.input("input_ids", "int64", ["batch", "tokens"]);
  const mask = g.input("attention_mask", "int64", ["batch", "tokens"]);
  const words = g.mul(ids, mask);
  const more: Record<string, Value> = hasLetters
    ? {
        letters: g.input("letters", "int64", ["batch", "tokens", lettersOfWord]),
        spellings: g.input("spellings", "int64", ["batch", "tokens"]),
      }
    : {};
  const path = viterbi(g, meanScores(g, apply({ words, ...more })), lengthsOf(g, words));
  g.output("tags", path);
  const depth = g.constant(tags.length, "int64");
  g.output("logits", g.op("OneHot", [g.max(path, 0), depth, g.constant([0, chosenScore])], { axis: -1 }));
}
