import { Random, Tensor } from "@athanor/core";
import { gpt, tokenCrossEntropy } from "@athanor/nn";
import { compareTraining, type TrainingWorkload } from "../compare-training.ts";
import { stepOf } from "../step-of.ts";

const sizes = { blocks: 4, width: 384, heads: 6, tokens: 256, vocabulary: 8192, batch: 8 } as const;

/** A language model of 4 blocks, 384 wide, 6 heads, on texts of 256 tokens out of 8,192, batch 8: all of it trained. */
export function workload(): TrainingWorkload {
  const { tokens, batch } = sizes;
  const random = Random.from(19);
  return {
    definition: stepOf(gpt(sizes), { loss: tokenCrossEntropy(), batch, target: [tokens] }),
    batches: Array.from({ length: 50 }, () => drawTexts(random)),
    learningRate: 3e-4,
    peer: "gpt",
    configurations: ["fused"],
    setting: sizes,
    steps: 2,
    pairs: 5,
    facts: sizes,
  };
}

/** Texts in which frequent tokens are frequent, as in language; the target is what comes next. */
function drawTexts(random: Random): Readonly<Record<string, Tensor>> {
  const { vocabulary, tokens, batch } = sizes;
  const draw = () => BigInt(Math.floor(vocabulary ** random.uniform()) - 1);
  const texts = Array.from({ length: batch }, () => Array.from({ length: tokens + 1 }, draw));
  const part = (from: number) =>
    new Tensor("int64", BigInt64Array.from(texts.flatMap((text) => text.slice(from, from + tokens))), [batch, tokens]);
  return { x: part(0), target: part(1) };
}

export const run = (log: (line: string) => void) => compareTraining(workload(), log);
