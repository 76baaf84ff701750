import {
  AthanorError,
  flag,
  float32,
  integer,
  type OptionInput,
  type OptionValues,
  oneOf,
  resolveOptions,
  Tensor,
} from "@athanor/core";
import type { GraphBuilder, Value } from "@athanor/onnx";
import type { Matrix } from "../matrix.ts";
import { murmurHash3 } from "./murmur-hash3.ts";
import { nGramsOf, tokensOf } from "./n-grams.ts";
import { lowered, tokenOptions, tokensToOnnx } from "./token-options.ts";

const options = {
  ...tokenOptions,
  nFeatures: integer(4096, "columns that features are hashed to", { min: 1, max: 2 ** 20 }),
  alternateSign: flag(true, "let half of the features count down, so that those that meet in a column cancel out"),
  norm: oneOf("l2", "length of a row that has features: 1, or what it counts", ["l2", "none"]),
  seed: integer(0, "seed of the hash", { min: 0, max: 2 ** 31 - 1 }),
};
type HashingOptions = OptionValues<typeof options>;

/** Turns texts into counts without a vocabulary: nothing is learnt, and no text is needed to start with. */
export interface HashingVectorizer {
  readonly name: "hashingVectorizer";
  readonly options: HashingOptions;
  /** `[texts, nFeatures]` */
  transform(texts: readonly string[]): Matrix;
  /** From string `[batch]` to float32 `[batch, nFeatures]`. */
  toOnnx(g: GraphBuilder, texts: Value): Value;
}

/**
 * Counts words or characters and runs of these in the column that their hash names.
 *
 * @throws `ml/n-grams` when runs are to be longer at least than at most
 * @see Weinberger et al. 2009, "Feature hashing for large scale multitask learning", https://arxiv.org/abs/0902.2206
 */
export function hashingVectorizer(input: OptionInput<typeof options> = {}): HashingVectorizer {
  const chosen = resolveOptions("hashingVectorizer", options, input);
  if (chosen.ngramMin > chosen.ngramMax)
    throw new AthanorError(
      "ml/n-grams",
      `hashingVectorizer: expected ngramMin to be at most ngramMax, got ${chosen.ngramMin} and ${chosen.ngramMax}`,
      { fix: "Raise ngramMax, or lower ngramMin." },
    );
  return {
    name: "hashingVectorizer",
    options: chosen,
    transform: (texts) => hashed(texts, chosen),
    toOnnx: (g, texts) => toOnnx(g, texts, chosen),
  };
}

/** Words of a run are parted by a space, characters by nothing. */
const between = ({ analyzer }: HashingOptions) => (analyzer === "word" ? " " : "");

function hashed(texts: readonly string[], chosen: HashingOptions): Matrix {
  const { analyzer, ngramMin, ngramMax, lowercase, nFeatures, alternateSign, norm, seed } = chosen;
  const encoder = new TextEncoder();
  const data = new Float32Array(texts.length * nFeatures);
  for (const [row, text] of texts.entries()) {
    const own = data.subarray(row * nFeatures, (row + 1) * nFeatures);
    for (const gram of nGramsOf(tokensOf(lowercase ? lowered(text) : text, analyzer), ngramMin, ngramMax)) {
      const hash = murmurHash3(encoder.encode(gram.join(between(chosen))), seed);
      own[Math.abs(hash) % nFeatures]! += alternateSign && hash < 0 ? -1 : 1;
    }
    const square = own.reduce((sum, value) => sum + value * value, 0);
    if (norm === "l2" && square > 0) own.set(own.map((value) => value / Math.sqrt(square)));
  }
  return float32(data, [texts.length, nFeatures]);
}

function toOnnx(g: GraphBuilder, texts: Value, chosen: HashingOptions): Value {
  const { ngramMin, ngramMax, nFeatures, alternateSign, norm, seed } = chosen;
  const whole = (...values: number[]) => g.constant(values, "int64");
  const tokens = tokensToOnnx(g, texts, chosen);
  const count = g.op("Gather", [g.op("Shape", [tokens]), whole(1)]);
  const empty = g.op("Shape", [tokens], { end: 1 });
  const shape = g.concat([empty, whole(nFeatures)], 0);
  let counts = g.op("ConstantOfShape", [shape], { value: float32([0], [1]) });
  let grams = tokens;
  for (let size = 1; size <= ngramMax; size++) {
    // The last token of each run, from the place where the first text may have a whole run on.
    const last = g.op("Slice", [tokens, whole(size - 1), g.max(count, whole(size - 1)), whole(1)]);
    if (size > 1) {
      const start = g.op("Slice", [grams, whole(0), whole(-1), whole(1)]);
      const gap = g.constant(new Tensor("string", [between(chosen)], [1]));
      grams = g.op("StringConcat", [g.op("StringConcat", [start, gap]), last]);
    }
    if (size < ngramMin) continue;
    const hash = g.cast(g.op("MurmurHash3", [grams], { positive: 0, seed }, { domain: "com.microsoft" }), "int64");
    const column = g.op("Mod", [g.abs(hash), whole(nFeatures)]);
    const isDown = g.less(hash, whole(0));
    const isReal = g.op("Not", [g.equal(last, g.constant(new Tensor("string", [""], [1])))]);
    const real = g.cast(isReal, "float32");
    const signed = alternateSign ? g.where(isDown, g.neg(real), real) : real;
    counts = g.op("ScatterElements", [counts, column, signed], { axis: 1, reduction: "add" });
  }
  if (norm === "none") return counts;
  const length = g.sqrt(g.reduceSum(g.mul(counts, counts), [1], true));
  return g.div(counts, g.max(length, 1e-30));
}
