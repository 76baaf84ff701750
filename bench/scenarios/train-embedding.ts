import { Random, Tensor } from "@athanor/core";
import { adamW } from "@athanor/nn";
import { compareTraining, type TrainingWorkload } from "../compare-training.ts";
import { WeightSource } from "../draw-weights.ts";

const sizes = { rows: 100_000, width: 64, batch: 8192 } as const;

/** Pairwise ranking over a table of 100k x 64, batch 8,192: users prefer one item to another. */
export function workload(): TrainingWorkload {
  const { rows, width, batch } = sizes;
  const weights = new WeightSource(17);
  weights.normal("table", [rows, width], 0.1);
  const random = Random.from(19);
  const draw = () =>
    new Tensor(
      "int64",
      BigInt64Array.from({ length: batch }, () => BigInt(random.integer(rows))),
      [batch],
    );
  const ids = { dtype: "int64", shape: [batch] } as const;
  return {
    definition: {
      inputs: { user: ids, better: ids, worse: ids },
      parameters: weights.parameters,
      optimizer: adamW({ weightDecay: 0 }),
      sparse: ["table"],
      build(g, { inputs, parameters: { table } }) {
        const [user, better, worse] = ["user", "better", "worse"].map((name) => g.gather(table!, inputs[name]!));
        const margin = g.reduceSum(g.mul(user!, g.sub(better!, worse!)), [1]);
        return { loss: g.reduceMean(g.op("Softplus", [g.neg(margin)])) };
      },
    },
    batches: Array.from({ length: 50 }, () => ({ user: draw(), better: draw(), worse: draw() })),
    learningRate: 1e-3,
    peer: "embedding",
    configurations: ["sparse", "fused", "foreach"],
    steps: 10,
    facts: sizes,
  };
}

export const run = (log: (line: string) => void) => compareTraining(workload(), log);
