import { GraphBuilder, gradient, lower, type Model, type Value } from "@athanor/onnx";
import { buildUpdates } from "./build-updates.ts";
import { gradientScale } from "./gradient-scale.ts";
import type { ParameterPlans } from "./read-optimizer.ts";
import { rowsRead } from "./rows-read.ts";
import type { Shapes } from "./step-inputs.ts";
import { outputs } from "./step-names.ts";
import type { FloatTensors, StepDefinition } from "./training-step.ts";

export interface BuiltStep {
  readonly model: Model;
  /** How often each sparse parameter's rows are read. */
  readonly uses: Readonly<Record<string, number>>;
}

/** The user's graph, before it is differentiated. */
export interface TracedStep {
  readonly g: GraphBuilder;
  readonly loss: Value;
  readonly weights: Readonly<Record<string, Value>>;
  readonly checkpoint: ReturnType<StepDefinition["build"]>["checkpoint"];
}

/**
 * Builds the user's graph for a batch of given shapes, with loss, metrics and the next values of buffers as outputs.
 *
 * @throws what the user's function throws
 */
export function traceStep({ inputs, parameters, buffers = {}, build }: StepDefinition, shapes: Shapes): TracedStep {
  const g = new GraphBuilder();
  const declared = (tensors: FloatTensors) =>
    Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, g.input(name, "float32", tensor.shape)]));
  const batch = Object.fromEntries(
    Object.entries(inputs).map(([name, { dtype }]) => [name, g.input(name, dtype, shapes[name]!)]),
  );
  const weights = declared(parameters);
  const running = declared(buffers);
  const {
    loss,
    metrics = {},
    buffers: next = {},
    checkpoint,
  } = build(g, { inputs: batch, parameters: weights, buffers: running });
  for (const [name, value] of Object.entries(running)) g.output(outputs.moved(name), next[name] ?? value);
  g.output(outputs.loss, loss.shape.length === 0 ? loss : g.reshape(loss, []));
  for (const [name, value] of Object.entries(metrics)) g.output(outputs.metric(name), value);
  return { g, loss, weights, checkpoint };
}

/** Differentiates a traced step, and adds the updates that no program computes unless they come later. */
export function differentiateStep(
  { g, loss, weights, checkpoint }: TracedStep,
  definition: StepDefinition,
  plans: ParameterPlans,
  isDeferred: boolean,
): BuiltStep {
  const { parameters, clipNorm, sparse = [] } = definition;
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
  const scale = clipNorm === undefined || isDeferred ? undefined : gradientScale(g, gradients, clipNorm);
  if (scale !== undefined) g.output(outputs.gradientScale, scale);
  const inside = names.filter((name) => !isDeferred && plans[name]!.program === undefined);
  for (const [i, name] of names.entries()) if (!inside.includes(name)) g.output(outputs.gradient(name), gradients[i]!);
  buildUpdates(g, definition, plans, {
    gradients: Object.fromEntries(inside.map((name) => [name, gradients[names.indexOf(name)]!])),
    weights,
    scale,
  });
  const uses = Object.fromEntries(Object.entries(tables).map(([name, { length }]) => [name, length]));
  return { model: lower(g).build({ name: "training-step" }), uses };
}
