import { type DType, Random, sizeOf, Tensor } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { decompose } from "../autodiff/decompose.ts";
import { gradient } from "../autodiff/gradient.ts";
import { pullback } from "../autodiff/pullback.ts";
import type { OpDefinition } from "../define-op.ts";
import { GraphBuilder, type Value } from "../graph/graph-builder.ts";
import { lower } from "../graph/lower.ts";
import { isFloat, knownSize } from "../shapes.ts";
import { verify } from "../verify.ts";
import { expectCentralDifferences, type Feeds } from "./central-differences.ts";
import { checkRecord, expectClose, goldenRecords } from "./golden-record.ts";
import { openModel } from "./run-model.ts";
import { tensorOf } from "./tensor-of.ts";

export interface SampleInput {
  readonly shape: readonly number[];
  /** Float inputs are drawn and differentiated in double precision. */
  readonly dtype?: DType;
  readonly values?: readonly (number | string)[];
  /** Drawn evenly from here when no values are given. */
  readonly range?: readonly [low: number, high: number];
  /** Stored in the graph instead of fed, as shapes and axes are. */
  readonly isConstant?: boolean;
  /** True when the graph leaves the length of the first axis to the run. */
  readonly isOpen?: boolean;
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
  /** False where no second gradient exists at the sample's values. */
  readonly isDifferentiableTwice?: boolean;
  /** The output that the loss reads first, in double precision: its values are checked, and differences taken where the runtime has no double kernel. */
  readonly reference?: (inputs: readonly Tensor<"float64">[]) => Tensor<"float64">;
}

/** The same sample where only the run tells the length of its first input's first axis. */
export const ofOpenLength = (sample: OpSample): OpSample => ({
  ...sample,
  title: `${sample.title}, of an open length`,
  inputs: sample.inputs.map((input, i) => (i === 0 ? { ...input!, isOpen: true } : input)),
});

/** Central differences of a smooth function in double precision agree with its gradient to this. */
const exact = 2e-6;
/** A float32 kernel agrees with double precision to this, for sums of at most a few hundred terms. */
const single = 2e-3;
const step = 1e-5;
/** Differences of a float32 gradient need a wide step, and agree to this. */
const wideStep = 1e-2;
const rough = 2e-2;

/** Checks an operator's inference and gradient on samples, and its recorded values where a golden file exists. */
export function checkOp(op: OpDefinition, samples: readonly OpSample[]): void {
  const isDifferentiable = op.gradient !== undefined || op.decompose !== undefined;
  describe(op.name, () => {
    for (const sample of samples) {
      it(`infers what the runtime computes: ${sample.title}`, () => checkInference(op, sample));
      if (op.decompose) it(`is what it decomposes into: ${sample.title}`, () => checkDecomposition(op, sample));
      if (op.lower || op.onGpu)
        it(`gives the same when it is lowered: ${sample.title}`, () => checkLowering(op, sample));
      if (isDifferentiable && sample.hasGradient !== false) {
        it(`has the gradient of central differences: ${sample.title}`, () => checkGradient(op, sample));
      }
    }
    const smooth =
      isDifferentiable &&
      samples.find(
        ({ hasGradient, isDifferentiableTwice }) => hasGradient !== false && isDifferentiableTwice !== false,
      );
    if (smooth) it(`has a gradient that has one: ${smooth.title}`, () => checkSecondGradient(op, smooth));
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
    const [rows, ...rest] = tensor.shape;
    return g.input(`in${i}`, tensor.dtype, input.isOpen ? [`rows${rows}`, ...rest] : tensor.shape);
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
  const random = Random.from(41).split(index);
  const draw = () => Array.from({ length: sizeOf(shape) }, () => low + (high - low) * random.uniform());
  return tensorOf(own, values ?? draw(), shape);
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

/** The outputs in terms of other operators, and their gradients, beside those of the runtime's kernel. */
async function checkDecomposition(op: OpDefinition, sample: OpSample): Promise<void> {
  const { g, inputs, outputs, feeds } = buildSample(op, sample, "float32");
  const { outputs: parts } = decompose(g, g.nodes.at(-1)!);
  const nodes = [...g.nodes];
  const compared = outputs.flatMap((output, i) => (parts[i] ? [{ name: `out${i}`, output, part: parts[i] }] : []));
  const wanted = inputs.filter((input, i) => input && isFloat(input.dtype) && feeds[`in${i}`]) as readonly Value[];
  const upstream = outputs.map((output, i) => (parts[i] && isFloat(output.dtype) ? output : undefined));
  const [own, apart] = [outputs, parts].map((values) => pullback(g, { nodes, outputs: values, upstream, wanted }));
  for (const [i, output] of own!.entries()) {
    const part = apart![i];
    if (output && part) compared.push({ name: `grad${i}`, output, part });
  }
  for (const { name, output, part } of compared) {
    g.output(name, output);
    g.output(`${name}_parts`, part);
  }
  const results = await (await openModel(g.build()))(feeds);
  for (const { name } of compared) {
    const { dtype, shape, data } = toDouble(results[name]!);
    expectClose(results[`${name}_parts`]!, { dtype, shape, data: Array.from(data) });
  }
}

/** What runs instead of the operator gives what it gives. */
async function checkLowering(op: OpDefinition, sample: OpSample): Promise<void> {
  const { g, outputs, feeds } = buildSample(op, sample, "float32");
  for (const [i, output] of outputs.entries()) g.output(`out${i}`, output);
  const own = await (await openModel(g.build()))(feeds);
  for (const target of ["cpu", "gpu"] as const) {
    if ((target === "cpu" ? op.lower : op.onGpu) === undefined) continue;
    const lowered = await (await openModel(lower(g, target).build()))(feeds);
    for (const [name, tensor] of Object.entries(own)) {
      const { dtype, shape, data } = toDouble(tensor);
      expectClose(lowered[name]!, { dtype, shape, data: Array.from(data) });
    }
  }
}

interface Differentiated extends Built {
  /** Σ wᵢ yᵢ with drawn weights, or Σ yᵢ² where the number of weights is open. */
  readonly loss: Value;
  readonly weights: readonly (Tensor | undefined)[];
  /** Inputs that have a gradient, by their place. */
  readonly wanted: readonly (readonly [number, Value])[];
}

function buildLoss(op: OpDefinition, sample: OpSample): Differentiated {
  const precision = sample.reference ? "float32" : "float64";
  const built = buildSample(op, sample, precision);
  const { g, inputs, outputs: given, feeds } = built;
  // A decomposition runs in double precision where the operator's kernel does not.
  const isDecomposed = op.gradient === undefined && precision === "float64";
  const outputs = isDecomposed ? decompose(g, g.nodes.at(-1)!).outputs.map((part, i) => part ?? given[i]!) : given;
  const read = (sample.lossOf ?? [0]).map((i) => outputs[i]!);
  const weights = read.map((output, i) => weightsOf(output, 100 + i, precision));
  const loss = read
    .map((output, i) => g.reduceSum(g.mul(output, weights[i] ? g.constant(weights[i]) : output)))
    .reduce((total, term) => g.add(total, term));
  const wanted = inputs.flatMap((input, i) =>
    input && isFloat(input.dtype) && feeds[`in${i}`] ? [[i, input] as const] : [],
  );
  return { ...built, loss, weights, wanted };
}

/** One an element; none where only the run tells how many there are, and each is its own weight. */
const weightsOf = ({ shape }: Value, index: number, precision: "float32" | "float64"): Tensor | undefined =>
  knownSize(shape) === undefined ? undefined : drawn({ shape: shape as readonly number[] }, index, precision);

async function checkGradient(op: OpDefinition, sample: OpSample): Promise<void> {
  const { g, feeds, loss, weights, wanted } = buildLoss(op, sample);
  const run = await openWithGradients(g, loss, wanted);
  const evaluate = async (changed: Feeds): Promise<number> => {
    if (!sample.reference) return Number((await run(changed)).loss!.data[0]);
    const y = sample.reference(doublesOf(sample, changed));
    return y.data.reduce((sum, value, k) => sum + value * Number(weights[0] ? weights[0].data[k] : value), 0);
  };
  await expectCentralDifferences({
    results: await run(feeds),
    feeds,
    places: wanted.map(([place]) => place),
    dtype: "float64",
    evaluate,
    step,
    tolerance: sample.reference ? single : exact,
  });
}

/** The gradient of Σ vᵢ dxᵢ, the first gradient weighed by drawn numbers, beside its own central differences. */
async function checkSecondGradient(op: OpDefinition, sample: OpSample): Promise<void> {
  const { g, feeds, loss, wanted } = buildLoss(op, sample);
  const first = gradient(
    g,
    loss,
    wanted.map(([, input]) => input),
  );
  const slope = first
    .map((dx, i) => {
      const weights = weightsOf(dx, 200 + i, dx.dtype as "float32");
      return g.reduceSum(g.mul(dx, weights ? g.constant(weights) : dx));
    })
    .reduce((total, term) => g.add(total, term));
  const run = await openWithGradients(g, slope, wanted);
  const evaluate = async (changed: Feeds): Promise<number> => Number((await run(changed)).loss!.data[0]);
  await expectCentralDifferences({
    results: await run(feeds),
    feeds,
    places: wanted.map(([place]) => place),
    ...(sample.reference
      ? { dtype: "float32", step: wideStep, tolerance: rough }
      : { dtype: "float64", step, tolerance: exact }),
    evaluate,
  });
}

async function openWithGradients(g: GraphBuilder, loss: Value, wanted: Differentiated["wanted"]) {
  const gradients = gradient(
    g,
    loss,
    wanted.map(([, input]) => input),
  );
  g.output("loss", loss);
  for (const [k, [i]] of wanted.entries()) g.output(`grad${i}`, gradients[k]!);
  const model = g.build();
  verify(model);
  return openModel(model);
}

/** What a reference reads: the inputs in double precision, but for those left out. */
const doublesOf = ({ inputs }: OpSample, feeds: Readonly<Record<string, Tensor>>): readonly Tensor<"float64">[] =>
  inputs.map((input, i) => (input && toDouble(feeds[`in${i}`] ?? drawn(input, i, "float32")))!);

const toDouble = ({ data, shape }: Tensor): Tensor<"float64"> =>
  new Tensor("float64", Float64Array.from(data as ArrayLike<number | bigint>, Number), shape);
