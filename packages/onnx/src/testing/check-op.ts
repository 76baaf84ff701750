import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { arrayOf, type DType, Random, sizeOf, Tensor, type TensorData } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { decompose } from "../decompose.ts";
import type { OpDefinition } from "../define-op.ts";
import { gradient } from "../gradient.ts";
import { GraphBuilder, type Value } from "../graph-builder.ts";
import { isFloat } from "../shapes.ts";
import { verify } from "../verify.ts";
import { openModel } from "./run-model.ts";

export interface SampleInput {
  readonly shape: readonly number[];
  /** Float inputs are drawn and differentiated in double precision. */
  readonly dtype?: DType;
  readonly values?: readonly (number | string)[];
  /** Drawn evenly from here when no values are given. */
  readonly range?: readonly [low: number, high: number];
  /** Stored in the graph instead of fed, as shapes and axes are. */
  readonly isConstant?: boolean;
}

/** Attributes that hold bodies, built within the graph of the sample. */
export type BodiesOf = (g: GraphBuilder, captured: readonly Value[]) => Readonly<Record<string, unknown>>;

export interface OpSample {
  readonly title: string;
  readonly inputs: readonly (SampleInput | undefined)[];
  /** Values of the graph around the operator that its bodies read, drawn and differentiated like inputs. */
  readonly captured?: readonly SampleInput[];
  readonly attributes?: Readonly<Record<string, unknown>> | BodiesOf;
  readonly outputs?: number;
  /** Outputs that the loss of the gradient check reads. */
  readonly lossOf?: readonly number[];
  /** False where the gradient is known not to exist at the sample's values. */
  readonly hasGradient?: boolean;
  /** The operator's first output in double precision: its values are checked, and differences taken where the runtime has no double kernel. */
  readonly reference?: (inputs: readonly Tensor<"float64">[]) => Tensor<"float64">;
}

/** Central differences of a smooth function in double precision agree with its gradient to this. */
const exact = 2e-6;
/** A float32 kernel agrees with double precision to this, for sums of at most a few hundred terms. */
const single = 2e-3;
const step = 1e-5;

/** Checks an operator's inference and gradient on samples, and its recorded values where a golden file exists. */
export function checkOp(op: OpDefinition, samples: readonly OpSample[]): void {
  describe(op.name, () => {
    for (const sample of samples) {
      it(`infers what the runtime computes: ${sample.title}`, () => checkInference(op, sample));
      if (op.decompose) it(`is what it decomposes into: ${sample.title}`, () => checkDecomposition(op, sample));
      if ((op.gradient || op.decompose) && sample.hasGradient !== false) {
        it(`has the gradient of central differences: ${sample.title}`, () => checkGradient(op, sample));
      }
    }
    for (const record of goldenRecords(op))
      it(`agrees with the recorded values: ${record.title}`, () => checkRecord(op, record));
  });
}

interface Built {
  readonly g: GraphBuilder;
  readonly inputs: readonly (Value | undefined)[];
  readonly outputs: readonly Value[];
  readonly feeds: Readonly<Record<string, Tensor>>;
}

function buildSample(op: OpDefinition, sample: OpSample, precision: "float32" | "float64"): Built {
  const g = new GraphBuilder();
  const feeds: Record<string, Tensor> = {};
  const operands = [...sample.inputs, ...(sample.captured ?? [])].map((input, i) => {
    if (input === undefined) return undefined;
    const tensor = drawn(input, i, precision);
    if (input.isConstant) return g.constant(tensor);
    feeds[`in${i}`] = tensor;
    return g.input(`in${i}`, tensor.dtype, tensor.shape);
  });
  const count = sample.inputs.length;
  const { attributes } = sample;
  const values = typeof attributes === "function" ? attributes(g, operands.slice(count) as Value[]) : attributes;
  const options = { domain: op.domain ?? "", outputs: sample.outputs ?? 1 };
  return { g, inputs: operands, outputs: g.ops(op.name, operands.slice(0, count), values, options), feeds };
}

function drawn(
  { shape, dtype = "float32", values, range: [low, high] = [-2, 2] }: SampleInput,
  index: number,
  precision: "float32" | "float64",
): Tensor {
  const own = dtype === "float32" ? precision : dtype;
  if (own === "string") return new Tensor("string", values as readonly string[], shape);
  const random = Random.from(41).split(index);
  const numbers =
    (values as readonly number[]) ?? Array.from({ length: sizeOf(shape) }, () => low + (high - low) * random.uniform());
  const Elements = arrayOf(own);
  const data =
    own === "int64" ? BigInt64Array.from(numbers.map(BigInt)) : (Elements as Float32ArrayConstructor).from(numbers);
  return new Tensor(own, data as TensorData, shape);
}

async function checkInference(op: OpDefinition, sample: OpSample): Promise<void> {
  const { g, outputs, feeds } = buildSample(op, sample, "float32");
  for (const [i, output] of outputs.entries()) g.output(`out${i}`, output);
  const model = g.build();
  verify(model);
  const results = await (await openModel(model))(feeds);
  for (const [i, output] of outputs.entries()) {
    const { dtype, shape } = results[`out${i}`]!;
    // A symbolic length stands for whatever the values bring.
    const inferred = output.shape.map((length, axis) => (typeof length === "string" ? shape[axis] : length));
    expect([dtype, shape]).toEqual([output.dtype, inferred]);
  }
  if (sample.reference === undefined) return;
  const expected = sample.reference(doublesOf(sample, feeds));
  expectClose(results[`out${sample.lossOf?.[0] ?? 0}`]!, {
    dtype: "float64",
    shape: expected.shape,
    data: Array.from(expected.data),
  });
}

/** The outputs in terms of other operators beside those of the runtime's kernel. */
async function checkDecomposition(op: OpDefinition, sample: OpSample): Promise<void> {
  const { g, outputs, feeds } = buildSample(op, sample, "float32");
  const { outputs: parts } = decompose(g, g.nodes.at(-1)!);
  for (const [i, part] of parts.entries()) {
    if (part === undefined || outputs[i] === undefined) continue;
    g.output(`out${i}`, outputs[i]);
    g.output(`part${i}`, part);
  }
  const results = await (await openModel(g.build()))(feeds);
  for (const i of parts.keys()) {
    const { shape, data, dtype } = results[`out${i}`] ?? {};
    if (data)
      expectClose(results[`part${i}`]!, {
        shape,
        dtype,
        data: Array.from(data as Float32Array, Number),
      } as RecordedTensor);
  }
}

/** The gradient of Σ wᵢ yᵢ with drawn weights, beside its central differences. */
async function checkGradient(op: OpDefinition, sample: OpSample): Promise<void> {
  const precision = sample.reference ? "float32" : "float64";
  const { g, inputs, outputs: given, feeds } = buildSample(op, sample, precision);
  // A decomposition runs in double precision where the operator's kernel does not.
  const isDecomposed = op.gradient === undefined && precision === "float64";
  const outputs = isDecomposed ? decompose(g, g.nodes.at(-1)!).outputs.map((part, i) => part ?? given[i]!) : given;
  const read = (sample.lossOf ?? [0]).map((i) => outputs[i]!);
  const weights = read.map(({ shape }, i) => drawn({ shape: shape as readonly number[] }, 100 + i, precision));
  const terms = read.map((output, i) => g.reduceSum(g.mul(output, g.constant(weights[i]!))));
  const loss = terms.reduce((total, term) => g.add(total, term));
  const wanted = inputs.flatMap((input, i) =>
    input && isFloat(input.dtype) && feeds[`in${i}`] ? [[i, input] as const] : [],
  );
  const gradients = gradient(
    g,
    loss,
    wanted.map(([, input]) => input),
  );
  g.output("loss", loss);
  for (const [k, [i]] of wanted.entries()) g.output(`grad${i}`, gradients[k]!);
  const model = g.build();
  verify(model);
  const run = await openModel(model);
  const results = await run(feeds);

  const evaluate = async (changed: Readonly<Record<string, Tensor>>): Promise<number> => {
    if (!sample.reference) return Number((await run(changed)).loss!.data[0]);
    const y = sample.reference(doublesOf(sample, changed));
    return y.data.reduce((sum, value, k) => sum + value * Number(weights[0]!.data[k]), 0);
  };
  if (sample.reference) {
    const loss = Number(results.loss!.data[0]);
    const expected = await evaluate(feeds);
    expect(Math.abs(loss - expected), `loss ${loss} beside ${expected}`).toBeLessThan(
      single * Math.max(1, Math.abs(expected)),
    );
  }
  for (const [i] of wanted) {
    const x = toDouble(feeds[`in${i}`]!);
    const computed = Array.from(results[`grad${i}`]!.data as ArrayLike<number>);
    for (const k of x.data.keys()) {
      const moved = async (by: number) => {
        const data = Float64Array.from(x.data);
        data[k]! += by;
        return evaluate({ ...feeds, [`in${i}`]: new Tensor("float64", data, x.shape) });
      };
      const difference = ((await moved(step)) - (await moved(-step))) / (2 * step);
      const tolerance = (sample.reference ? single : exact) * Math.max(1, Math.abs(difference));
      expect(
        Math.abs(computed[k]! - difference),
        `input ${i}, element ${k}: ${computed[k]} beside ${difference}`,
      ).toBeLessThan(tolerance);
    }
  }
}

/** What a reference reads: the inputs in double precision, but for those left out. */
const doublesOf = ({ inputs }: OpSample, feeds: Readonly<Record<string, Tensor>>): readonly Tensor<"float64">[] =>
  inputs.map((input, i) => (input && toDouble(feeds[`in${i}`] ?? drawn(input, i, "float32")))!);

const toDouble = ({ data, shape }: Tensor): Tensor<"float64"> =>
  new Tensor("float64", Float64Array.from(data as ArrayLike<number | bigint>, Number), shape);

interface RecordedTensor {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

interface GoldenRecord {
  readonly title: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly inputs: readonly (RecordedTensor | null)[];
  readonly constants: readonly number[];
  readonly output: RecordedTensor;
  readonly upstream: RecordedTensor;
  /** One an input; null where none was recorded. */
  readonly gradients: readonly (RecordedTensor | null)[];
}

function goldenRecords({ name, domain }: OpDefinition): readonly GoldenRecord[] {
  const file = `${domain ? `${domain}.` : ""}${name}.json`;
  const path = fileURLToPath(new URL(`../../../../golden/onnx/${file}`, import.meta.url));
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")).records as readonly GoldenRecord[]) : [];
}

async function checkRecord(op: OpDefinition, record: GoldenRecord): Promise<void> {
  const restore = ({ dtype, shape, data }: RecordedTensor) => drawn({ dtype, shape, values: data }, 0, "float32");
  const g = new GraphBuilder();
  const feeds: Record<string, Tensor> = {};
  const inputs = record.inputs.map((input, i) => {
    if (input === null) return undefined;
    const tensor = restore(input);
    if (record.constants.includes(i)) return g.constant(tensor);
    feeds[`in${i}`] = tensor;
    return g.input(`in${i}`, tensor.dtype, tensor.shape);
  });
  const y = g.op(op.name, inputs, record.attributes, { domain: op.domain ?? "" });
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

function expectClose(actual: Tensor, { shape, data }: RecordedTensor): void {
  expect(actual.shape).toEqual(shape);
  for (const [k, expected] of data.entries()) {
    expect(Math.abs(Number(actual.data[k]) - expected), `element ${k}`).toBeLessThan(
      1e-4 * Math.max(1, Math.abs(expected)),
    );
  }
}
