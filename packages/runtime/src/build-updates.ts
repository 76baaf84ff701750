import { GraphBuilder, lower, type Model, type Value } from "@athanor/onnx";
import { gradientScale } from "./gradient-scale.ts";
import type { ParameterPlans } from "./read-optimizer.ts";
import { outputs } from "./step-names.ts";
import type { FloatTensors, StepDefinition, Values } from "./training-step.ts";

/** The input that tells a graph of updates the squares of the gradients of tables. */
export const tableSquares = "tableSquares";

/** Adds the updates of the parameters that gradients are given of. */
export function buildUpdates(
  g: GraphBuilder,
  { optimizer }: StepDefinition,
  plans: ParameterPlans,
  it: { readonly gradients: Values; readonly weights: Values; readonly scale?: Value | undefined },
): void {
  const { gradients, weights, scale } = it;
  const names = Object.keys(gradients);
  if (names.length === 0) return;
  const [learningRate, step] = ["learningRate", "step"].map((name) => g.input(name, "float32", []));
  for (const name of names) {
    const updated = optimizer.update(g, {
      name,
      parameter: weights[name]!,
      gradient: scale === undefined ? gradients[name]! : g.mul(gradients[name]!, scale),
      slots: Object.fromEntries(
        Object.entries(plans[name]!.slots).map(([slot, { shape }]) => [
          slot,
          g.input(`${name}.${slot}`, "float32", shape),
        ]),
      ),
      learningRate: learningRate!,
      step: step!,
    });
    g.output(outputs.moved(name), updated.parameter);
    for (const [slot, value] of Object.entries(updated.slots)) g.output(outputs.moved(`${name}.${slot}`), value);
  }
}

/**
 * Builds a graph of its own for what follows once the gradients of several batches are summed: how far they are scaled down,
 * and the updates that no program computes.
 *
 * @param sums memory of the sums of gradients, by parameter
 * @returns `undefined` when there is nothing to compute
 */
export function deferredUpdates(
  definition: StepDefinition,
  plans: ParameterPlans,
  { sums, count }: { readonly sums: FloatTensors; readonly count: number },
): Model | undefined {
  const { parameters, clipNorm, sparse = [] } = definition;
  const inside = Object.keys(parameters).filter((name) => plans[name]!.program === undefined);
  if (inside.length === 0 && clipNorm === undefined) return undefined;
  const g = new GraphBuilder();
  const read = Object.fromEntries(
    Object.entries(sums)
      .filter(([name]) => !sparse.includes(name) && (clipNorm !== undefined || inside.includes(name)))
      .map(([name, { shape }]) => [name, g.input(outputs.gradient(name), "float32", shape)]),
  );
  const squares = clipNorm !== undefined && sparse.length > 0 ? g.input(tableSquares, "float32", []) : undefined;
  const clip = clipNorm === undefined ? undefined : gradientScale(g, Object.values(read), clipNorm, { count, squares });
  if (clip !== undefined) g.output(outputs.gradientScale, clip);
  const mean = g.constant(1 / count);
  buildUpdates(g, definition, plans, {
    gradients: Object.fromEntries(inside.map((name) => [name, read[name]!])),
    weights: Object.fromEntries(inside.map((name) => [name, g.input(name, "float32", parameters[name]!.shape)])),
    scale: clip === undefined ? mean : g.mul(clip, mean),
  });
  return lower(g).build({ name: "training-update" });
}
