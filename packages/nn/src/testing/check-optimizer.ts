import { compileStep, type Optimizer } from "@athanor/runtime";
import { expect, it } from "vitest";
import { sliceRows } from "../rows.ts";
import { floats, golden, type RecordedTensor } from "./golden.ts";

interface Recorded {
  readonly start: RecordedTensor;
  readonly x: RecordedTensor;
  readonly y: RecordedTensor;
  readonly ends: Readonly<Record<string, RecordedTensor>>;
}

/** Powers of the decay rates are taken in single precision here, in double there. */
const digits = 4;

/** Twenty steps of least squares end where PyTorch's did. */
export function checkOptimizer(name: string, optimizer: Optimizer): void {
  it(`${name} ends where PyTorch does`, async () => {
    const recorded = golden<Recorded>("optimizers");
    await using step = await compileStep(
      {
        inputs: { x: { dtype: "float32", shape: [6, 3] }, y: { dtype: "float32", shape: [6, 2] } },
        parameters: { w: floats(recorded.start) },
        optimizer,
        build(g, { inputs: { x, y }, parameters: { w } }) {
          const error = g.sub(g.matMul(x!, w!), y!);
          return { loss: g.reduceMean(g.mul(error, error)) };
        },
      },
      { threads: 1 },
    );
    const batchOf = (tensor: RecordedTensor, i: number) =>
      sliceRows(floats(tensor), i, i + 1).reshape(tensor.shape.slice(1));
    for (let i = 0; i < 20; i++)
      await step.run({ x: batchOf(recorded.x, i), y: batchOf(recorded.y, i) }, { learningRate: 0.05 });
    const { w } = (await step.snapshot()).states;
    for (const [i, expected] of recorded.ends[name]!.data.entries()) expect(w!.data[i]).toBeCloseTo(expected, digits);
  });
}
