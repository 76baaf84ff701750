import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { DType, Tensor } from "@athanor/core";
import { expect } from "vitest";
import { gradient } from "../autodiff/gradient.ts";
import type { OpDefinition } from "../define-op.ts";
import { GraphBuilder } from "../graph/graph-builder.ts";
import { openModel } from "./run-model.ts";
import { tensorOf } from "./tensor-of.ts";

interface RecordedTensor {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

export interface GoldenRecord {
  readonly title: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly inputs: readonly (RecordedTensor | null)[];
  readonly constants: readonly number[];
  /** How many outputs the node has; the first is recorded. */
  readonly outputs?: number;
  readonly output: RecordedTensor;
  readonly upstream: RecordedTensor;
  /** One an input; null where none was recorded. */
  readonly gradients: readonly (RecordedTensor | null)[];
}

/** Values and gradients of an operator that PyTorch recorded; none where there is no file. */
export function goldenRecords({ name, domain }: OpDefinition): readonly GoldenRecord[] {
  const file = `${domain ? `${domain}.` : ""}${name}.json`;
  const path = fileURLToPath(new URL(`../../../../golden/onnx/${file}`, import.meta.url));
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")).records as readonly GoldenRecord[]) : [];
}

export async function checkRecord(op: OpDefinition, record: GoldenRecord): Promise<void> {
  const restore = ({ dtype, shape, data }: RecordedTensor) => tensorOf(dtype, data, shape);
  const g = new GraphBuilder();
  const feeds: Record<string, Tensor> = {};
  const inputs = record.inputs.map((input, i) => {
    if (input === null) return undefined;
    const tensor = restore(input);
    if (record.constants.includes(i)) return g.constant(tensor);
    feeds[`in${i}`] = tensor;
    return g.input(`in${i}`, tensor.dtype, tensor.shape);
  });
  const { attributes, outputs = 1 } = record;
  const y = g.ops(op.name, inputs, attributes, { domain: op.domain ?? "", outputs })[0]!;
  const loss = g.reduceSum(g.mul(y, g.constant(restore(record.upstream))));
  const wanted = record.gradients.flatMap((recorded, i) => (recorded ? [i] : []));
  const gradients = gradient(
    g,
    loss,
    wanted.map((i) => inputs[i]!),
  );
  g.output("y", y);
  for (const [k, i] of wanted.entries()) g.output(`grad${i}`, gradients[k]!);
  const results = await (await openModel(g.build()))(feeds);
  expectClose(results.y!, record.output);
  for (const i of wanted) expectClose(results[`grad${i}`]!, record.gradients[i]!);
}

export function expectClose(actual: Tensor, { shape, data }: RecordedTensor): void {
  expect(actual.shape).toEqual(shape);
  for (const [k, expected] of data.entries()) {
    expect(Math.abs(Number(actual.data[k]) - expected), `element ${k}`).toBeLessThan(
      1e-4 * Math.max(1, Math.abs(expected)),
    );
  }
}
