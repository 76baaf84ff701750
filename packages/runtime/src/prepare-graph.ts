import { contentHash, pauses, yieldToEventLoop } from "@athanor/core";
import { type Dim, GraphBuilder, type Model, type Node, writeModel, writeModelInSlices } from "@athanor/onnx";
import { caches } from "#cache";
import { differentiateStep, traceStep } from "./build-step.ts";
import { buildUpdates } from "./build-updates.ts";
import type { GraphCache } from "./cache/graph-cache.ts";
import type { Device } from "./device/device.ts";
import { stepForms } from "./device/step-form.ts";
import { type GivenGraph, givenGraph } from "./forward-graph.ts";
import { layOutParameters, preferredOrders } from "./parameter-layout.ts";
import { bytesOf, type PreparedGraph, packGraph, packOptimized, unpackGraph, weightsOf } from "./prepared-graph.ts";
import type { ParameterPlans } from "./read-optimizer.ts";
import type { Shapes } from "./step-inputs.ts";
import type { Orders } from "./step-state.ts";
import type { StepDefinition } from "./training-step.ts";

export interface PreparingOptions {
  readonly shapes: Shapes;
  readonly device: Device;
  /** How the parameters lie in memory; the first graph chooses. */
  readonly orders?: Orders | undefined;
  /** Whether all updates come after the graph. */
  readonly isDeferred: boolean;
  readonly cache?: GraphCache | undefined;
  /** Whether to derive the graph whatever the cache holds, for the runtime has refused that. */
  readonly renews?: boolean;
}

export interface Prepared extends PreparedGraph {
  readonly isCached: boolean;
  /** Keeps what the runtime has made of the graph; there where a cache wants it. */
  readonly keep?: (optimized: Uint8Array) => Promise<void>;
}

/** Builds, differentiates and rewrites a step's graph, or finds in a cache what came of it before. */
export async function prepareGraph(
  definition: StepDefinition,
  plans: ParameterPlans,
  options: PreparingOptions,
): Promise<Prepared> {
  const { shapes, cache, device, renews = false } = options;
  const given = await givenGraph(definition, shapes);
  const source = given.model;
  await yieldToEventLoop();
  const key = cache && keyOf(given, definition, plans, options);
  const known = key && !renews && (await cache.read(key));
  if (known) return { ...unpackGraph(known, source), isCached: true };
  const { model, ...facts } = await deriveGraph(given, definition, plans, options);
  const isOptimizable = device === "cpu" && weightsOf(model, source).length === 0;
  if (key && !isOptimizable) await cache.write(key, packGraph(model, source, facts));
  const prepared = { ...facts, bytes: await writeModelInSlices(model), isOptimized: false, isCached: false };
  if (!key || !isOptimizable) return prepared;
  return { ...prepared, keep: (optimized) => cache.write(key, packOptimized(optimized, facts)) };
}

async function deriveGraph(
  given: GivenGraph,
  definition: StepDefinition,
  plans: ParameterPlans,
  { shapes, device, orders: known, isDeferred }: PreparingOptions,
) {
  const form = stepForms[device];
  const pause = pauses();
  const traced = await traceStep(definition, shapes, given);
  await pause();
  const { model: built, uses } = await differentiateStep(traced, definition, plans, {
    isDeferred,
    target: form.target,
  });
  await pause();
  const outside = Object.keys(plans).filter((name) => plans[name]!.program !== undefined);
  const orders = known ?? preferredOrders(built, outside);
  await pause();
  const laidOut = layOutParameters(built, orders);
  await pause();
  const model = await form.rewrite(laidOut, definition.quantize);
  const { nodes } = model.graph;
  const onHost = nodes.filter(needsHost).map(({ name }) => name);
  return { model, nodeCount: nodes.length, hasWeights: holdsWeights(model), uses, orders, onHost };
}

/** True for what the WebGPU provider takes and then refuses: places of maxima. */
const needsHost = ({ op, outputs }: Node): boolean => op === "MaxPool" && outputs.length > 1;

/** Bytes of constants from which a graph is taken to hold frozen weights. */
const weightBytes = 2 ** 20;

const holdsWeights = ({ graph }: Model): boolean =>
  [...graph.initializers.values()].reduce((sum, stored) => sum + bytesOf(stored), 0) >= weightBytes;

/** All that a graph depends on: what it is made of, what the optimizer does, and what makes it. */
function keyOf(
  { model, stopped, checkpoint }: GivenGraph,
  definition: StepDefinition,
  plans: ParameterPlans,
  { device, orders, isDeferred }: PreparingOptions,
): string {
  const { sparse, clipNorm, quantize } = definition;
  const { initializers } = model.graph;
  const programs = Map.groupBy(Object.entries(plans), ([, { program }]) => program);
  return contentHash({
    platform: caches.platform,
    graph: writeModel({ ...model, graph: { ...model.graph, initializers: new Map() } }),
    weights: initializers,
    programs: [...programs].map(([program, members]) => [program, members.map(([name]) => name)]),
    updates: writeModel(updatesAlone(definition, plans)),
    options: { stopped, checkpoint, sparse, clipNorm, quantize, device, orders, isDeferred },
  });
}

/** The updates that no program computes, as a graph to compare. */
function updatesAlone(definition: StepDefinition, plans: ParameterPlans): Model {
  const g = new GraphBuilder();
  const inside = Object.entries(definition.parameters).filter(([name]) => plans[name]!.program === undefined);
  const inputs = (prefix: string) =>
    Object.fromEntries(
      inside.map(([name, { shape }]) => [name, g.input(`${prefix}${name}`, "float32", shape as readonly Dim[])]),
    );
  buildUpdates(g, definition, plans, { gradients: inputs("gradient:"), weights: inputs("") });
  return g.build();
}
