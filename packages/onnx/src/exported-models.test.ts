import { readdirSync, readFileSync } from "node:fs";
import { type DType, sizeOf, type Tensor } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { gradient } from "./autodiff/gradient.ts";
import { readModel } from "./codec/read-model.ts";
import { GraphBuilder, type Value } from "./graph/graph-builder.ts";
import { expectClose } from "./testing/golden-record.ts";
import { openModel } from "./testing/run-model.ts";
import { tensorOf } from "./testing/tensor-of.ts";
import { verify } from "./verify.ts";

interface Recorded {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** A model that one of PyTorch's exporters wrote, and what PyTorch itself computes. */
interface ExportedModel {
  readonly model: string;
  readonly inputs: readonly Recorded[];
  readonly outputs: readonly { readonly name: string; readonly value: Recorded; readonly upstream: Recorded }[];
  /** One a parameter; the weights that were made of it hold its axes in the given order. */
  readonly gradients: readonly {
    readonly weights: readonly { readonly name: string; readonly axes: readonly number[] }[];
    readonly gradient: Recorded;
  }[];
}

const folder = new URL("../../../golden/onnx/exported/", import.meta.url);
const tensor = ({ dtype, shape, data }: Recorded): Tensor => tensorOf(dtype, data, shape);

describe("exported models", () => {
  for (const file of readdirSync(folder)) {
    it(`have PyTorch's outputs and gradients: ${file.replace(".json", "")}`, async () => {
      const exported: ExportedModel = JSON.parse(readFileSync(new URL(file, folder), "utf8"));
      const { g, values, feeds, loss } = lossOf(exported);
      const pairs = exported.gradients.flatMap(({ weights, gradient: { shape } }) =>
        weights.filter(({ name }) => g.initializers.has(name)).map((weight) => ({ ...weight, shape })),
      );
      const weights = pairs.map(({ name }) => g.value(name));
      for (const [i, slopes] of gradient(g, loss, weights).entries()) {
        const { axes, shape } = pairs[i]!;
        const stored = g.reshape(
          slopes,
          axes.map((axis) => shape[axis]!),
        );
        const back = axes.map((_, axis) => axes.indexOf(axis));
        g.output(`gradient${i}`, g.transpose(stored, back));
      }
      for (const value of values) g.output(value.name, value);
      const built = g.build();
      verify(built);
      const results = await (await openModel(built))(feeds);

      for (const { name, value } of exported.outputs) expectClose(results[name]!, value);
      for (const value of values) expectInferred(value, results[value.name]!);
      let taken = 0;
      for (const { weights: parts, gradient: recorded } of exported.gradients) {
        const count = parts.filter(({ name }) => g.initializers.has(name)).length;
        expect(count, `weights made of a parameter, such as ${parts[0]!.name}`).toBeGreaterThan(0);
        const sums = new Float64Array(sizeOf(recorded.shape));
        for (let i = 0; i < count; i++)
          for (const [k, slope] of (results[`gradient${taken++}`]!.data as Float32Array).entries()) sums[k]! += slope;
        expectClose(tensorOf("float64", [...sums], recorded.shape), recorded);
      }
    });
  }
});

/** The model with the sum of its outputs, weighed by recorded numbers, and the values that its nodes give. */
function lossOf({ model: bytes, inputs, outputs }: ExportedModel) {
  const model = readModel(Buffer.from(bytes, "base64"));
  const names = model.graph.inputs.filter(({ name }) => !model.graph.initializers.has(name)).map(({ name }) => name);
  const feeds = Object.fromEntries(names.map((name, i) => [name, tensor(inputs[i]!)]));
  const shapes = Object.fromEntries(names.map((name, i) => [name, inputs[i]!.shape]));
  const g = GraphBuilder.from(model, { shapes });
  const given = new Set(g.outputs.map(({ name }) => name));
  const values = g.nodes.flatMap((node) => node.outputs).filter(({ name }) => name !== "" && !given.has(name));
  const loss = outputs
    .map(({ name, upstream }) => g.reduceSum(g.mul(g.value(name), g.constant(tensor(upstream)))))
    .reduce((total, term) => g.add(total, term));
  return { g, values, feeds, loss };
}

function expectInferred({ name, dtype, shape }: Value, actual: Tensor): void {
  const inferred = shape.map((length, axis) => (typeof length === "string" ? actual.shape[axis] : length));
  expect([name, actual.dtype, actual.shape]).toEqual([name, dtype, inferred]);
}
