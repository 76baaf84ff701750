import { AthanorError } from "@athanor/core";
import type { GraphBuilder, Value } from "../graph/graph-builder.ts";

type Activation = (g: GraphBuilder, x: Value, alpha: number, beta: number) => Value;

export type RecurrentActivation = (g: GraphBuilder, x: Value) => Value;

/** Activations that recurrent operators name, with the standard's defaults of alpha and beta. */
const activations: Readonly<Record<string, readonly [activation: Activation, alpha: number, beta: number]>> = {
  relu: [(g, x) => g.relu(x), 0, 0],
  tanh: [(g, x) => g.tanh(x), 0, 0],
  sigmoid: [(g, x) => g.sigmoid(x), 0, 0],
  affine: [(g, x, alpha, beta) => g.add(g.mul(x, alpha), beta), 1, 0],
  leakyrelu: [(g, x, alpha) => g.op("LeakyRelu", [x], { alpha }), 0.01, 0],
  thresholdedrelu: [(g, x, alpha) => g.where(g.greater(x, alpha), x, g.mul(x, 0)), 1, 0],
  scaledtanh: [(g, x, alpha, beta) => g.mul(g.tanh(g.mul(x, beta)), alpha), 1, 1],
  hardsigmoid: [(g, x, alpha, beta) => g.op("HardSigmoid", [x], { alpha, beta }), 0.2, 0.5],
  elu: [(g, x, alpha) => g.op("Elu", [x], { alpha }), 1, 0],
  softsign: [(g, x) => g.div(x, g.add(g.op("Abs", [x]), 1)), 0, 0],
  softplus: [(g, x) => g.op("Softplus", [x]), 0, 0],
};
/** These take an alpha of the attribute's list; others leave it to the next. */
const withAlpha = new Set(["affine", "leakyrelu", "thresholdedrelu", "scaledtanh", "hardsigmoid", "elu"]);
const withBeta = new Set(["affine", "scaledtanh", "hardsigmoid"]);

/**
 * The activations of a recurrent operator in the order of its attribute, each clipping what it gets.
 *
 * @throws `onnx/attribute` for a name that the standard does not list
 */
export function recurrentActivations(
  op: string,
  names: readonly string[],
  alphas: readonly number[] = [],
  betas: readonly number[] = [],
  clip?: number,
): readonly RecurrentActivation[] {
  const [nextAlpha, nextBeta] = [alphas.values(), betas.values()];
  return names.map((name) => {
    const key = name.toLowerCase();
    const [activation, alpha, beta] = activations[key] ?? unknown(op, name);
    const own = [
      (withAlpha.has(key) ? nextAlpha.next().value : undefined) ?? alpha,
      (withBeta.has(key) ? nextBeta.next().value : undefined) ?? beta,
    ] as const;
    return (g, x) => activation(g, clip === undefined ? x : clipped(g, x, clip), ...own);
  });
}

const clipped = (g: GraphBuilder, x: Value, by: number): Value =>
  g.op("Clip", [x, g.constant(-by, x.dtype as "float32"), g.constant(by, x.dtype as "float32")]);

const unknown = (op: string, name: string): never => {
  throw new AthanorError(
    "onnx/attribute",
    `${op}: expected activations of ${Object.keys(activations).join(", ")}, got ${name}`,
    { details: { op, activation: name } },
  );
};
