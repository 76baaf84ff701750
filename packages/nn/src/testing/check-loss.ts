import { Tensor, type TensorData } from "@athanor/core";
import { GraphBuilder, gradient, type Value } from "@athanor/onnx";
import { openModel } from "@athanor/onnx/testing";
import { describe, expect, it } from "vitest";
import type { Loss } from "../loss.ts";
import { asTargets, type Outputs, targetsByName } from "../outputs.ts";
import { golden } from "./golden.ts";

interface Typed {
  readonly dtype: "float32" | "int64";
  readonly shape: readonly number[];
  readonly data: readonly number[];
}
type OneOrNamed = Typed | Readonly<Record<string, Typed>>;

interface Recorded {
  readonly title: string;
  readonly options: object;
  readonly outputs: OneOrNamed;
  readonly targets: OneOrNamed;
  readonly loss: number;
  readonly gradient: OneOrNamed;
}

const isOne = (it: OneOrNamed): it is Typed => typeof it.dtype === "string";
const named = (it: OneOrNamed): Readonly<Record<string, Typed>> => (isOne(it) ? { output: it } : it);
const tensorOf = ({ dtype, shape, data }: Typed): Tensor =>
  dtype === "float32"
    ? new Tensor(dtype, Float32Array.from(data), shape)
    : new Tensor(dtype, BigInt64Array.from(data, BigInt), shape);
const tensorsOf = (all: Readonly<Record<string, Typed>>): Record<string, Tensor> =>
  Object.fromEntries(Object.entries(all).map(([name, tensor]) => [name, tensorOf(tensor)]));

/** A loss and its gradient agree with PyTorch's, for every recorded choice of its options. */
export function checkLoss<O extends Outputs, T extends Outputs>(
  name: string,
  factory: (options: object) => Loss<O, T>,
): void {
  describe(`${name} agrees with PyTorch`, () => {
    it.each(golden<{ records: readonly Recorded[] }>(`losses/${name}`).records)("$title", async (recorded) => {
      const outputs = tensorsOf(named(recorded.outputs));
      const targets = targetsByName<Tensor>(
        isOne(recorded.targets) ? tensorOf(recorded.targets) : tensorsOf(recorded.targets),
      );
      const build = (g: GraphBuilder, batch?: string) => {
        const given = declare(g, outputs, batch);
        const wanted = asTargets(declare(g, targets, batch));
        return { given, loss: factory(recorded.options).build(g, (given.output ?? given) as O, wanted as T) };
      };
      const g = new GraphBuilder();
      const { given, loss } = build(g);
      g.output("loss", loss);
      const expected = Object.entries(named(recorded.gradient));
      const learned = expected.map(([key]) => given[key]!);
      for (const [i, value] of gradient(g, loss, learned).entries()) g.output(`gradient:${expected[i]![0]}`, value!);
      const results = await (await openModel(g.build()))({ ...outputs, ...targets });
      expectClose(results.loss!.data, [recorded.loss]);
      for (const [key, { data }] of expected) expectClose(results[`gradient:${key}`]!.data, data);

      // As validation measures it, in batches of any length.
      const measuring = new GraphBuilder();
      measuring.output("loss", build(measuring, "batch").loss);
      const measured = await (await openModel(measuring.build()))({ ...outputs, ...targets });
      expectClose(measured.loss!.data, [recorded.loss]);
    });
  });
}

const declare = (g: GraphBuilder, tensors: Readonly<Record<string, Tensor>>, batch?: string): Record<string, Value> =>
  Object.fromEntries(
    Object.entries(tensors).map(([name, { dtype, shape }]) => [
      name,
      g.input(name, dtype, batch ? [batch, ...shape.slice(1)] : shape),
    ]),
  );

function expectClose(actual: TensorData, expected: readonly number[]): void {
  for (const [i, value] of expected.entries()) expect(Number(actual[i])).toBeCloseTo(value, 5);
}
