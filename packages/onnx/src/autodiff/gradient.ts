import { AthanorError, atOnce, inSlices, type Slices } from "@athanor/core";
import { planRegions } from "../checkpoint/plan-regions.ts";
import { recomputation } from "../checkpoint/recomputation.ts";
import type { Checkpoint } from "../checkpoint/region.ts";
import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import { zerosLike } from "../rules/zeros-like.ts";
import { showShape } from "../shapes.ts";
import { pullbackSlices } from "./pullback.ts";

/**
 * Appends the gradients of a loss to its graph by reverse mode.
 *
 * @param loss a scalar
 * @param options.checkpoint what the backward pass computes again instead of keeping it
 * @returns one value a wanted one, of its shape; zeros where the loss does not depend on it
 * @throws `onnx/no-gradient` naming the node and the path from the loss, `onnx/shape` when the loss is not a scalar,
 * `onnx/checkpoint-budget` when no choice of regions fits a budget
 */
export function gradient(
  g: GraphBuilder,
  loss: Value,
  withRespectTo: readonly Value[],
  options: GradientOptions = {},
): readonly Value[] {
  return atOnce(gradientSlices(g, loss, withRespectTo, options));
}

/** Appends the gradients of a loss as `gradient` does, and lets timers and input run meanwhile. */
export const gradientInSlices = (
  g: GraphBuilder,
  loss: Value,
  withRespectTo: readonly Value[],
  options: GradientOptions = {},
): Promise<readonly Value[]> => inSlices(gradientSlices(g, loss, withRespectTo, options));

/** What the backward pass may do. */
export interface GradientOptions {
  readonly checkpoint?: Checkpoint | undefined;
}

function* gradientSlices(
  g: GraphBuilder,
  loss: Value,
  withRespectTo: readonly Value[],
  { checkpoint = [] }: GradientOptions,
): Slices<readonly Value[]> {
  if (loss.shape.some((length) => length !== 1)) {
    throw new AthanorError(
      "onnx/shape",
      `gradient: expected the loss to be a scalar, got ${loss.name} of shape ${showShape(loss.shape)}`,
      {
        fix: "Reduce the loss, for example with reduceMean.",
        details: { loss: loss.name },
      },
    );
  }
  const one = g.reshape(g.constant(1, loss.dtype as "float32"), loss.shape);
  const regions =
    "budgetBytes" in checkpoint ? planRegions(g, loss, withRespectTo, checkpoint.budgetBytes, gradient) : checkpoint;
  const again = recomputation(g, regions, withRespectTo);
  const flow = { nodes: [...g.nodes], outputs: [loss], upstream: [one], wanted: withRespectTo, again };
  const values = yield* pullbackSlices(g, flow);
  return values.map((value, i) => value ?? zerosLike(g, withRespectTo[i]!));
}
