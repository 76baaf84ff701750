import { existsSync } from "node:fs";
import { join } from "node:path";
import { float32, Random, sizeOf, type Tensor } from "@athanor/core";
import {
  applyModel,
  GraphBuilder,
  loadTensor,
  type Model,
  openModelFile,
  trainable,
  withWeights,
  writeModel,
} from "@athanor/onnx";
import { expect, it } from "vitest";
import { compileStep } from "./compile-step.ts";
import { openSession } from "./open-session.ts";
import { descent } from "./testing/descent.ts";

const folder = process.env.ATHANOR_MODELS ?? "../shared/models";
const shape = [8, 1, 49, 10];

/** What training changes in a model, under the names that its file has. */
function weightsOf(model: Model): Readonly<Record<string, Tensor<"float32">>> {
  const g = GraphBuilder.from(model, { shapes: { input: shape } });
  return Object.fromEntries(
    trainable(g).map(({ name }) => [name, loadTensor(g.initializers.get(name)!) as Tensor<"float32">]),
  );
}

it.skipIf(!existsSync(folder))(
  `tunes a network that another program trained, and saves it as it came (skipped without ${folder})`,
  async () => {
    const model = await openModelFile(join(folder, "kws-ds-cnn-bn/model.onnx"));
    const random = Random.from(3);
    const x = float32(
      Float32Array.from({ length: sizeOf(shape) }, () => random.normal()),
      shape,
    );
    const wanted = float32(
      Float32Array.from({ length: 8 * 12 }, (_, i) => (i % 13 === 0 ? 3 : -3)),
      [8, 12],
    );
    await using step = await compileStep({
      inputs: { input: { dtype: "float32", shape }, wanted: { dtype: "float32", shape: [8, 12] } },
      parameters: weightsOf(model),
      optimizer: descent,
      clipNorm: 1,
      build(g, { inputs, parameters }) {
        const { logits } = applyModel(g, model, { input: inputs.input!, ...parameters });
        const error = g.sub(logits!, inputs.wanted!);
        return { loss: g.reduceMean(g.mul(error, error)) };
      },
    });
    const losses: number[] = [];
    for (let i = 0; i < 80; i++) losses.push((await step.run({ input: x, wanted }, { learningRate: 0.02 })).loss);
    expect(losses.at(-1)!).toBeLessThan(losses[0]! / 2);

    const tuned = withWeights(model, (await step.snapshot()).states);
    expect(tuned.graph.inputs).toEqual(model.graph.inputs);
    await using session = await openSession(writeModel(tuned));
    const { logits } = await session.run({ input: x });
    const error = (logits!.data as Float32Array).map((value, i) => (value - wanted.data[i]!) ** 2);
    const mean = error.reduce((sum, value) => sum + value, 0) / error.length;
    const next = await step.run({ input: x, wanted }, { learningRate: 0 });
    expect(Math.abs(mean - next.loss)).toBeLessThan(1e-4 * Math.max(1, next.loss));
  },
);
