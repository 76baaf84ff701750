import type { Tensor } from "@athanor/core";
import { gradient, lower, type Model, type Value } from "@athanor/onnx";
import { forwardGraph } from "./forward-graph.ts";
import { gradientScale } from "./gradient-scale.ts";
import { rowsRead } from "./rows-read.ts";
import type { FloatTensors, StepDefinition } from "./training-step.ts";

export interface BuiltStep {
  readonly model: Model;
  /** Initial values of the states that the graph itself moves: each is an input `name` and an output `name'`. */
  readonly moved: FloatTensors;
  /** How often each sparse parameter's rows are read. */
  readonly uses: Readonly<Record<string, number>>;
}

/** Names of what a step's graph puts out beside the states that it moves. */
export const outputs = {
  loss: "loss",
  gradientScale: "gradientScale",
  metric: (name: string) => `metric:${name}`,
  gradient: (parameter: string) => `gradient:${parameter}`,
  rows: (parameter: string, use: number) => `rows:${use}:${parameter}`,
  rowGradients: (parameter: string, use: number) => `rowGradients:${use}:${parameter}`,
  moved: (state: string) => `${state}'`,
} as const;

/**
 * Builds a step's graph: loss, metrics and gradients, and the updates of all parameters except those `updatedOutside`.
 *
 * @throws what building the user's graph throws
 */
export function buildStep(definition: StepDefinition, updatedOutside: ReadonlySet<string>): BuiltStep {
  const { parameters, buffers = {}, optimizer, clipNorm, sparse = [] } = definition;
  const { g, loss, metrics, nextBuffers, checkpoint, ...values } = forwardGraph(definition);
  const weights = values.parameters;
  const tables = Object.fromEntries(sparse.map((name) => [name, rowsRead(g, name, weights[name])]));
  const names = Object.keys(parameters).filter((name) => !(name in tables));
  const read = Object.entries(tables).flatMap(([name, uses]) => uses.map((use, k) => ({ name, k, ...use })));
  const wanted = [...names.map((name) => weights[name]!), ...read.map(({ gathered }) => gathered)];
  const gradients = gradient(g, loss, wanted, { checkpoint });
  for (const [i, { name, k, rows }] of read.entries()) {
    const width = parameters[name]!.shape.slice(1).reduce((product, length) => product * length, 1);
    const count = rows.shape.reduce((product: number, length) => product * Number(length), 1);
    g.output(outputs.rows(name, k), g.reshape(g.cast(rows, "int32"), [count]));
    g.output(outputs.rowGradients(name, k), g.reshape(gradients[names.length + i]!, [count, width]));
  }
  const scale = clipNorm === undefined ? undefined : gradientScale(g, gradients, clipNorm);
  if (scale !== undefined) g.output(outputs.gradientScale, scale);

  const moved: Record<string, Tensor<"float32">> = { ...buffers };
  const move = (name: string, value: Value) => g.output(outputs.moved(name), value);
  const inside = names.filter((name) => !updatedOutside.has(name));
  const [learningRate, step] =
    inside.length === 0 ? [] : ["learningRate", "step"].map((n) => g.input(n, "float32", []));
  for (const [i, name] of names.entries()) {
    if (updatedOutside.has(name)) {
      g.output(outputs.gradient(name), gradients[i]!);
      continue;
    }
    const slots = optimizer.slots({ name, shape: parameters[name]!.shape });
    moved[name] = parameters[name]!;
    for (const [slot, tensor] of Object.entries(slots)) moved[`${name}.${slot}`] = tensor;
    const updated = optimizer.update(g, {
      name,
      parameter: weights[name]!,
      gradient: scale === undefined ? gradients[i]! : g.mul(gradients[i]!, scale),
      slots: Object.fromEntries(
        Object.entries(slots).map(([slot, { shape }]) => [slot, g.input(`${name}.${slot}`, "float32", shape)]),
      ),
      learningRate: learningRate!,
      step: step!,
    });
    move(name, updated.parameter);
    for (const [slot, value] of Object.entries(updated.slots)) move(`${name}.${slot}`, value);
  }
  for (const [name, value] of Object.entries(values.buffers)) move(name, nextBuffers[name] ?? value);
  g.output(outputs.loss, loss.shape.length === 0 ? loss : g.reshape(loss, []));
  for (const [name, value] of Object.entries(metrics)) g.output(outputs.metric(name), value);
  const uses = Object.fromEntries(Object.entries(tables).map(([name, { length }]) => [name, length]));
  return { model: lower(g).build({ name: "training-step" }), moved, uses };
}
