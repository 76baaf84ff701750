import { gradientInSlices, type LowerTarget, lowerInSlices, type Model } from "@athanor/onnx";
import { buildUpdates } from "./build-updates.ts";
import { type ForwardGraph, forwardGraph, type GivenGraph } from "./forward-graph.ts";
import { gradientScale } from "./gradient-scale.ts";
import type { ParameterPlans } from "./read-optimizer.ts";
import { rowsRead } from "./rows-read.ts";
import type { Shapes } from "./step-inputs.ts";
import { outputs } from "./step-names.ts";
import type { StepDefinition } from "./training-step.ts";

export interface BuiltStep {
  readonly model: Model;
  /** How often each sparse parameter's rows are read. */
  readonly uses: Readonly<Record<string, number>>;
}

/** Makes loss, metrics and the next values of buffers outputs of the user's graph for a batch of given shapes. */
export async function traceStep(definition: StepDefinition, shapes: Shapes, given: GivenGraph): Promise<ForwardGraph> {
  const traced = await forwardGraph(definition, shapes, given);
  const { g, loss, metrics, buffers, nextBuffers } = traced;
  for (const [name, value] of Object.entries(buffers)) g.output(outputs.moved(name), nextBuffers[name] ?? value);
  g.output(outputs.loss, loss.shape.length === 0 ? loss : g.reshape(loss, []));
  for (const [name, value] of Object.entries(metrics)) g.output(outputs.metric(name), value);
  return traced;
}

/** Differentiates a traced step, and adds the updates that no program computes unless they come later. */
export async function differentiateStep(
  { g, loss, parameters: weights, checkpoint }: ForwardGraph,
  definition: StepDefinition,
  plans: ParameterPlans,
  { isDeferred, target }: { readonly isDeferred: boolean; readonly target: LowerTarget },
): Promise<BuiltStep> {
  const { parameters, clipNorm, sparse = [] } = definition;
  const tables = Object.fromEntries(sparse.map((name) => [name, rowsRead(g, name, weights[name])]));
  const names = Object.keys(parameters).filter((name) => !(name in tables));
  const read = Object.entries(tables).flatMap(([name, uses]) => uses.map((use, k) => ({ name, k, ...use })));
  const wanted = [...names.map((name) => weights[name]!), ...read.map(({ gathered }) => gathered)];
  const gradients = await gradientInSlices(g, loss, wanted, { checkpoint });
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
  const lowered = await lowerInSlices(g, target);
  return { model: await lowered.buildInSlices({ name: "training-step" }), uses };
}
