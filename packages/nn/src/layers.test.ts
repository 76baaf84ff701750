import type { Tensor } from "@athanor/core";
import { GraphBuilder, gradient } from "@athanor/onnx";
import { openModel } from "@athanor/onnx/testing";
import { describe, expect, it } from "vitest";
import type { Layer } from "./define-layer.ts";
import { batchNorm, conv2d, layerNorm, linear } from "./layers/index.ts";
import { sequential } from "./sequential.ts";
import { floats, golden, type RecordedTensor } from "./testing/golden.ts";

interface LayerRecord {
  readonly x: RecordedTensor;
  readonly y: RecordedTensor;
  readonly upstream: RecordedTensor;
  readonly xGradient: RecordedTensor;
  readonly parameters: Readonly<Record<string, RecordedTensor>>;
  readonly gradients: Readonly<Record<string, RecordedTensor>>;
  readonly buffers: Readonly<Record<string, RecordedTensor>>;
}

/** Our names for PyTorch's, where they differ. */
const layers: Readonly<
  Record<
    string,
    { readonly layer: Layer; readonly names: Readonly<Record<string, string>>; readonly isTransposed?: boolean }
  >
> = {
  linear: { layer: linear({ outFeatures: 3 }), names: {}, isTransposed: true },
  conv2d: { layer: conv2d({ channels: 3, stride: 2, padding: 1 }), names: {} },
  layerNorm: { layer: layerNorm({}), names: { scale: "weight" } },
  batchNorm: { layer: batchNorm({}), names: { scale: "weight", mean: "running_mean", variance: "running_var" } },
};

/** PyTorch stores a linear weight as `[out, in]`. */
function transposed({ shape: [rows, columns], data }: RecordedTensor): RecordedTensor {
  return {
    shape: [columns!, rows!],
    data: Array.from({ length: data.length }, (_, i) => data[(i % rows!) * columns! + Math.floor(i / rows!)]!),
  };
}

const expectClose = (actual: Tensor, { data }: RecordedTensor) => {
  for (const [i, expected] of data.entries())
    expect(Math.abs(Number(actual.data[i]) - expected), `element ${i}`).toBeLessThan(
      1e-4 * Math.max(1, Math.abs(expected)),
    );
};

describe("layers in training", () => {
  it.each(Object.entries(layers))(
    "%s has PyTorch's output, gradients and running statistics",
    async (name, { layer, names, isTransposed }) => {
      const { records } = golden<{ records: Record<string, LayerRecord> }>("layers");
      const record = records[name]!;
      const theirs = (from: Readonly<Record<string, RecordedTensor>>, key: string) => {
        const tensor = from[names[key] ?? key]!;
        return isTransposed && key === "weight" ? transposed(tensor) : tensor;
      };
      const x = floats(record.x);
      const network = sequential([layer], { input: { dtype: "float32", shape: x.shape.slice(1) } });
      const g = new GraphBuilder();
      const declare = (specs: object) =>
        Object.fromEntries(Object.entries(specs).map(([key, { shape }]) => [key, g.input(key, "float32", shape)]));
      const [parameters, buffers] = [declare(network.parameters), declare(network.buffers)];
      const input = g.input("x", "float32", x.shape);
      const moved: string[] = [];
      const y = network.build({
        g,
        inputs: { x: input },
        parameters,
        buffers,
        isTraining: true,
        batch: x.shape[0]!,
        mask: () => g.constant(1),
        moveBuffer: (key, value) => {
          moved.push(key);
          g.output(`moved:${key}`, value);
        },
      });
      const loss = g.reduceSum(g.mul(y, g.constant(floats(record.upstream))));
      const values = gradient(g, loss, [input, ...Object.values(parameters)]);
      g.output("y", y);
      g.output("gradient:x", values[0]!);
      for (const [i, key] of Object.keys(parameters).entries()) g.output(`gradient:${key}`, values[i + 1]!);
      const short = (key: string) => key.slice("0.".length);
      const weights = Object.keys(parameters).map((key) => [key, floats(theirs(record.parameters, short(key)))]);
      const start = {
        "0.mean": floats({ shape: [3], data: [0, 0, 0] }),
        "0.variance": floats({ shape: [3], data: [1, 1, 1] }),
      };
      const feeds = { x, ...Object.fromEntries(weights), ...(name === "batchNorm" ? start : {}) };
      const results = await (await openModel(g.build()))(feeds);
      expectClose(results.y!, record.y);
      expectClose(results["gradient:x"]!, record.xGradient);
      for (const key of Object.keys(parameters))
        expectClose(results[`gradient:${key}`]!, theirs(record.gradients, short(key)));
      for (const key of moved) expectClose(results[`moved:${key}`]!, theirs(record.buffers, short(key)));
    },
  );
});
