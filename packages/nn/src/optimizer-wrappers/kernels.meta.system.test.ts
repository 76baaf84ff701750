import { float32 } from "@athanor/core";
import { compileStep, type Optimizer } from "@athanor/runtime";
import { beforeAll, describe, expect, it } from "vitest";
import { adafactor, adam, adamW, lion, sgd } from "../optimizers/index.ts";
import { clipValues } from "./clip-values.ts";
import { layerWiseDecay } from "./layer-wise-decay.ts";
import { parameterGroups } from "./parameter-groups.ts";
import { weightAverage } from "./weight-average.ts";

async function nodesWith(optimizer: Optimizer): Promise<number> {
  await using step = await compileStep(
    {
      inputs: { x: { dtype: "float32", shape: [2] } },
      parameters: { w: float32([1, 2]) },
      optimizer,
      build: (g, { inputs: { x }, parameters: { w } }) => ({ loss: g.reduceSum(g.mul(x!, w!)) }),
    },
    { threads: 1 },
  );
  return step.nodeCount;
}

describe("an update of single elements", () => {
  let plain = 0;
  beforeAll(async () => {
    plain = await nodesWith(sgd());
  });

  it.each([
    adam({ weightDecay: 0.1 }),
    adamW(),
    lion({ weightDecay: 0.1 }),
    sgd({ momentum: 0.9, nesterov: true }),
    clipValues(sgd(), { limit: 1 }),
    layerWiseDecay(lion(), { decay: 0.5, layers: ["w", "v"] }),
    parameterGroups([{ names: "w", rate: 0.1, optimizer: adamW() }], sgd()),
    weightAverage(clipValues(adam(), { limit: 1 }), { decay: 0.9 }),
  ])("runs as a kernel beside the graph: $name", async (optimizer) => {
    expect(await nodesWith(optimizer)).toBe(plain);
  });

  it("is not Adafactor's, which looks at all of them", async () => {
    expect(await nodesWith(adafactor())).toBeGreaterThan(plain);
  });
});
