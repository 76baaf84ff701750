import { Tensor } from "@athanor/core";
import { GraphBuilder, gradient, type Value } from "@athanor/onnx";
import { openModel } from "@athanor/onnx/testing";
import { expect } from "vitest";
import type { Layer } from "../define-layer.ts";
import { toOnnx } from "../evaluation-graph.ts";
import * as factories from "../layers/index.ts";
import type { Network } from "../network.ts";
import { floats, integers, type RecordedTensor } from "./golden.ts";
import { layerNetwork } from "./layer-network.ts";

type Tensors = Readonly<Record<string, RecordedTensor>>;

interface RecordedExtra extends RecordedTensor {
  readonly dtype: "float32" | "int64" | "bool";
}

export interface LayerRecord {
  readonly title: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly x: RecordedTensor & { readonly dtype: "float32" | "int64" };
  readonly y: RecordedTensor;
  readonly yInEvaluation: RecordedTensor;
  /** What the layer looks at beside its input. */
  readonly extras?: Readonly<Record<string, RecordedExtra>>;
  readonly upstream: RecordedTensor;
  /** Null for whole numbers. */
  readonly xGradient: RecordedTensor | null;
  /** What a layer that draws drew. */
  readonly mask?: RecordedTensor;
  readonly parameters: Tensors;
  readonly gradients: Tensors;
  readonly buffers: Tensors;
  /** The buffers after the step. */
  readonly moved: Tensors;
}

const makers = { ...factories } as unknown as Readonly<Record<string, (options: object) => Layer>>;
const prefixed = (tensors: Tensors) =>
  Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [`0.${name}`, floats(tensor)]));

/** A layer gives PyTorch's output in training and evaluation, its gradients, and moves its buffers as PyTorch does. */
export async function checkRecordedLayer(name: string, record: LayerRecord): Promise<void> {
  const x = record.x.dtype === "int64" ? integers(record.x) : floats(record.x);
  const extras = Object.fromEntries(
    Object.entries(record.extras ?? {}).map(([key, { dtype, shape, data }]) => [key, extraOf(dtype, shape, data)]),
  );
  const network = layerNetwork(makers[name]!(record.options), { x, ...extras });
  const state = { ...prefixed(record.parameters), ...prefixed(record.buffers) };
  const { g, wanted } = trainingGraph(network, { x, ...extras }, state, record);
  const results = await (await openModel(g.build()))({ x, ...extras, ...state });
  expectClose("y", results.y!, record.y);
  for (const key of wanted) {
    const expected = key === "x" ? record.xGradient! : record.gradients[key.slice("0.".length)]!;
    expectClose(`gradient of ${key}`, results[`gradient:${key}`]!, expected);
  }
  for (const [key, expected] of Object.entries(record.moved)) expectClose(key, results[`moved:0.${key}`]!, expected);

  const trained = { ...state, ...prefixed(record.moved) };
  const { output } = await (await openModel(toOnnx(network, trained)))({ x, ...extras });
  expectClose("y in evaluation", output!, record.yInEvaluation);
}

const extraOf = (dtype: RecordedExtra["dtype"], shape: readonly number[], data: readonly number[]): Tensor =>
  dtype === "bool"
    ? new Tensor(dtype, Uint8Array.from(data), shape)
    : { float32: floats, int64: integers }[dtype]({ shape, data });

/** The layer's output, what its buffers move to, and the gradients of Σ upstream · y. */
function trainingGraph(
  network: Network,
  given: Readonly<Record<string, Tensor>>,
  state: Readonly<Record<string, Tensor>>,
  { upstream, mask, xGradient }: LayerRecord,
) {
  const g = new GraphBuilder();
  const inputs = Object.fromEntries(
    Object.entries(given).map(([key, { dtype, shape }]) => [key, g.input(key, dtype, shape)]),
  );
  const declare = (specs: object): Record<string, Value> =>
    Object.fromEntries(Object.keys(specs).map((key) => [key, g.input(key, "float32", state[key]!.shape)]));
  const parameters = declare(network.parameters);
  const y = network.build({
    g,
    inputs,
    parameters,
    buffers: declare(network.buffers),
    isTraining: true,
    batch: given.x!.shape[0]!,
    mask: () => g.constant(floats(mask!)),
    moveBuffer: (key, value) => g.output(`moved:${key}`, value),
  });
  g.output("y", y);
  const loss = g.reduceSum(g.mul(y, g.constant(floats(upstream))));
  const wanted = { ...(xGradient ? { x: inputs.x! } : {}), ...parameters };
  const gradients = gradient(g, loss, Object.values(wanted));
  for (const [i, key] of Object.keys(wanted).entries()) g.output(`gradient:${key}`, gradients[i]!);
  return { g, wanted: Object.keys(wanted) };
}

/** Two single-precision kernels agree to this, for sums of some hundred terms. */
const tolerance = 1e-4;

function expectClose(what: string, actual: Tensor, { shape, data }: RecordedTensor): void {
  expect(actual.shape, what).toEqual(shape);
  for (const [i, expected] of data.entries())
    expect(Math.abs(Number(actual.data[i]) - expected), `${what}, element ${i}`).toBeLessThan(
      tolerance * Math.max(1, Math.abs(expected)),
    );
}
