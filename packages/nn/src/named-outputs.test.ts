import { float32, Random } from "@athanor/core";
import { openModel } from "@athanor/onnx/testing";
import { expect, it } from "vitest";
import { compose } from "./compose.ts";
import { toOnnx } from "./evaluation-graph.ts";
import { fit } from "./fit.ts";
import { linear } from "./layers/index.ts";
import type { Loss } from "./loss.ts";
import { infoNce, meanSquaredError } from "./losses/index.ts";
import { rootMeanSquaredError } from "./metrics.ts";
import { adamW } from "./optimizers/index.ts";

const random = Random.from(6);
const draw = (shape: readonly number[]) =>
  float32(
    Array.from({ length: shape.reduce((a, b) => a * b) }, () => random.normal()),
    shape,
  );
const inputs = { a: { dtype: "float32", shape: [3] }, b: { dtype: "float32", shape: [3] } } as const;
const options = { optimizer: adamW(), learningRate: 0.05, epochs: 20, batchSize: 16, seed: 1, threads: 1 };

it("pulls the two views of a row together without targets", async () => {
  const network = compose({
    name: "views",
    inputs,
    build: ({ inputs: { a, b }, apply }) => ({
      anchors: apply("a", linear({ outFeatures: 2 }), a!),
      positives: apply("b", linear({ outFeatures: 2 }), b!),
    }),
  });
  const a = draw([64, 3]);
  const b = float32(
    Array.from(a.data, (value) => -value),
    [64, 3],
  );
  const { history } = await fit(network, { x: { a, b }, y: {} }, { ...options, loss: infoNce({ temperature: 0.5 }) });
  expect(history.at(-1)!.loss).toBeLessThan(0.8 * history[0]!.loss);
});

it("learns several targets at once, measures them, and names the outputs of its file", async () => {
  const network = compose({
    name: "sums",
    inputs,
    build: ({ g, inputs: { a, b }, apply }) => ({
      sum: apply("sum", linear({ outFeatures: 1 }), g.concat([a!, b!], 1)),
      difference: apply("difference", linear({ outFeatures: 1 }), g.concat([a!, b!], 1)),
    }),
  });
  const [a, b] = [draw([64, 3]), draw([64, 3])];
  const rowSums = ({ data }: typeof a, sign: number) =>
    Array.from({ length: 64 }, (_, i) => sign * (data[3 * i]! + data[3 * i + 1]! + data[3 * i + 2]!));
  const target = (sign: number) => {
    const [first, second] = [rowSums(a, 1), rowSums(b, sign)];
    return float32(
      first.map((value, i) => value + second[i]!),
      [64, 1],
    );
  };
  const { build } = meanSquaredError();
  const loss: Loss<ReturnType<typeof network.build>, ReturnType<typeof network.build>> = {
    name: "both",
    build: (g, output, wanted) =>
      g.add(build(g, output.sum, wanted.sum), build(g, output.difference, wanted.difference)),
  };
  const rows = { x: { a, b }, y: { sum: target(1), difference: target(-1) } };
  const { history, weights } = await fit(network, rows, {
    ...options,
    epochs: 60,
    loss,
    validation: rows,
    metrics: {
      error: (output, wanted) => rootMeanSquaredError(output.difference, wanted.difference),
    },
  });
  expect(history.at(-1)!.validation!.error).toBeLessThan(0.3);
  const results = await (await openModel(toOnnx(network, weights)))({ a, b });
  expect(Object.keys(results)).toEqual(["sum", "difference"]);
});
