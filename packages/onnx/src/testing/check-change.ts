import { arrayOf, type DType, Random, sizeOf, Tensor, type TensorData } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { convertOpset } from "../convert/convert-opset.ts";
import type { OperatorChange } from "../convert/operator-change.ts";
import { workingOpsets } from "../graph/working-opsets.ts";
import type { Attribute, Model, ValueInfo } from "../model.ts";
import { storeTensor } from "../stored-tensor.ts";
import { verify } from "../verify.ts";
import { openModel } from "./run-model.ts";

export interface ChangeSample {
  readonly title: string;
  readonly op: string;
  /** The version of the operator's domain that the node is written in. */
  readonly opset: number;
  /** A shape stands for drawn float32 values, a tensor for itself; a stored one is not fed. */
  readonly inputs: readonly (readonly number[] | Tensor | { readonly stored: Tensor } | undefined)[];
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly outputs?: readonly DType[];
}

/** Kernels of two versions may add in another order. */
const tolerance = 1e-5;

/** Checks that nodes of old and new versions give the same in the runtime before and after a change. */
export function checkChange(change: OperatorChange, samples: readonly ChangeSample[]): void {
  describe(Object.keys(change.since).join(", "), () => {
    for (const sample of samples) {
      it(`says the same in the working version: ${sample.title}`, async () => {
        expect(Object.keys(change.since)).toContain(sample.op);
        const { model, feeds } = modelOf(sample, change.domain ?? "");
        const converted = convertOpset(model);
        verify(converted);
        for (const [domain, version] of Object.entries(converted.opsets))
          expect(version).toBeGreaterThanOrEqual(workingOpsets[domain]!);
        expect(converted.graph.nodes).not.toEqual(model.graph.nodes);
        const expected = await (await openModel(model))(feeds);
        const actual = await (await openModel(converted))(feeds);
        for (const { name } of model.graph.outputs) expectClose(actual[name]!, expected[name]!);
      });
    }
  });
}

function modelOf({ op, opset, inputs, attributes = {}, outputs = ["float32"] }: ChangeSample, domain: string) {
  const feeds: Record<string, Tensor> = {};
  const stored = new Map<string, Tensor>();
  const declared: ValueInfo[] = [];
  for (const [i, input] of inputs.entries()) {
    if (input === undefined) continue;
    if ("stored" in input) {
      stored.set(`in${i}`, input.stored);
      continue;
    }
    const tensor = input instanceof Tensor ? input : drawn(input, i);
    feeds[`in${i}`] = tensor;
    declared.push({ name: `in${i}`, dtype: tensor.dtype, shape: tensor.shape });
  }
  const names = outputs.map((_, i) => `out${i}`);
  const node = { op, domain, name: "node", inputs: inputs.map((input, i) => (input ? `in${i}` : "")), outputs: names };
  const model: Model = {
    irVersion: 8,
    opsets: { ...workingOpsets, "com.microsoft": undefined as never, [domain]: opset },
    producer: "",
    metadata: {},
    graph: {
      name: "sample",
      nodes: [{ ...node, attributes }],
      inputs: declared,
      outputs: outputs.map((dtype, i) => ({ name: `out${i}`, dtype, shape: undefined })),
      initializers: new Map([...stored].map(([name, tensor]) => [name, storeTensor(tensor)])),
      values: [],
    },
  };
  return { model: { ...model, opsets: Object.fromEntries(Object.entries(model.opsets).filter(([, v]) => v)) }, feeds };
}

function drawn(shape: readonly number[], index: number): Tensor {
  const random = Random.from(17).split(index);
  const data = arrayOf("float32").from({ length: sizeOf(shape) }, () => 4 * random.uniform() - 2);
  return new Tensor("float32", data as TensorData<"float32">, shape);
}

function expectClose(actual: Tensor, expected: Tensor): void {
  expect([actual.dtype, actual.shape]).toEqual([expected.dtype, expected.shape]);
  for (const [i, value] of Array.from(expected.data as ArrayLike<number | bigint | string>).entries()) {
    if (typeof value !== "number") expect(actual.data[i]).toBe(value);
    else
      expect(Math.abs(Number(actual.data[i]) - value), `element ${i}`).toBeLessThanOrEqual(
        tolerance * Math.max(1, Math.abs(value)),
      );
  }
}
