import { type Model, quantizeWeights, rewrite, trainingPasses, writeModel } from "@athanor/onnx";
import { blockConvolutions } from "./block-convolutions.ts";
import { differentiateStep, traceStep } from "./build-step.ts";
import { layOutParameters, preferredOrders } from "./parameter-layout.ts";
import type { ParameterPlans } from "./read-optimizer.ts";
import type { Shapes } from "./step-inputs.ts";
import type { Orders } from "./step-state.ts";
import type { StepDefinition } from "./training-step.ts";

/** A step's graph for a batch of given shapes, ready to be loaded. */
export interface PreparedGraph {
  readonly bytes: Uint8Array;
  readonly nodeCount: number;
  readonly hasWeights: boolean;
  /** How often each sparse parameter's rows are read. */
  readonly uses: Readonly<Record<string, number>>;
  readonly orders: Orders;
}

export interface PreparingOptions {
  readonly shapes: Shapes;
  /** How the parameters lie in memory; the first graph chooses. */
  readonly orders?: Orders | undefined;
  /** Whether all updates come after the graph. */
  readonly isDeferred: boolean;
}

/** Builds, differentiates and rewrites a step's graph. */
export async function prepareGraph(
  definition: StepDefinition,
  plans: ParameterPlans,
  { shapes, orders: given, isDeferred }: PreparingOptions,
): Promise<PreparedGraph> {
  const { model: built, uses } = differentiateStep(traceStep(definition, shapes), definition, plans, isDeferred);
  const outside = Object.keys(plans).filter((name) => plans[name]!.program !== undefined);
  const orders = given ?? preferredOrders(built, outside);
  const exact = await rewrite(layOutParameters(built, orders), trainingPasses);
  const small = definition.quantize ? await rewrite(exact, [quantizeWeights(definition.quantize)]) : exact;
  const model = await blockConvolutions(small);
  return {
    bytes: writeModel(model),
    nodeCount: model.graph.nodes.length,
    hasWeights: holdsWeights(model),
    uses,
    orders,
  };
}

/** Bytes of constants from which a graph is taken to hold frozen weights. */
const weightBytes = 2 ** 20;

/** Whether a model holds more than the small constants of its operators. */
export function holdsWeights({ graph }: Model): boolean {
  const sizes = [...graph.initializers.values()].map((stored) => ("bytes" in stored ? stored.bytes.byteLength : 0));
  return sizes.reduce((sum, bytes) => sum + bytes, 0) >= weightBytes;
}
