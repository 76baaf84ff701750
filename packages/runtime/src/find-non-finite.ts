import type { Tensor } from "@athanor/core";
import { type GraphBuilder, gradientInSlices, type Value } from "@athanor/onnx";
import { forwardGraph, givenGraph } from "./forward-graph.ts";
import { openSession } from "./open-session.ts";
import { lengthsOf, shapesAt } from "./step-inputs.ts";
import type { FloatTensors, StepDefinition } from "./training-step.ts";

type Node = GraphBuilder["nodes"][number];

/** A value's finite numbers. */
export interface ValueRange {
  readonly name: string;
  readonly shape: readonly number[];
  readonly min: number;
  readonly max: number;
}

/** The first node that makes numbers that are none of such that are. */
export interface NonFinite {
  readonly node: string;
  readonly operator: string;
  readonly inputs: readonly ValueRange[];
  /** The parameter that the node reads, or else the nearest before it. */
  readonly parameter: string | undefined;
}

/** Nodes whose values are held at once. */
const portion = 64;

/**
 * Runs a step's loss and gradients node by node over one batch, without an update, and finds where NaN or Infinity comes from.
 *
 * Infinity that a graph holds as a constant, as masks do, is not looked for.
 */
export async function findNonFinite(
  definition: StepDefinition,
  batch: Readonly<Record<string, Tensor>>,
  states: FloatTensors,
): Promise<NonFinite | undefined> {
  const shapes = shapesAt(definition.inputs, lengthsOf(definition.inputs, batch));
  const { g, loss, parameters, checkpoint } = await forwardGraph(
    definition,
    shapes,
    await givenGraph(definition, shapes),
  );
  await gradientInSlices(g, loss, Object.values(parameters), { checkpoint });
  const feeds = Object.fromEntries(g.inputs.map(({ name }) => [name, batch[name] ?? states[name]!]));
  for (let start = 0; start < g.nodes.length; start += portion) {
    const nodes = g.nodes.slice(start, start + portion);
    const ranges = await rangesOf(g, nodes, feeds);
    const holdsNumbers = (value: Value | undefined) => !value || (ranges.get(value.name)?.isWhole ?? true);
    const bad = nodes.find(({ inputs, outputs }) => inputs.every(holdsNumbers) && !outputs.every(holdsNumbers));
    if (bad === undefined) continue;
    return {
      node: bad.name,
      operator: bad.definition.name,
      inputs: bad.inputs.flatMap((value) => (value && ranges.has(value.name) ? [ranges.get(value.name)!.range] : [])),
      parameter: nearest(g, bad, new Set(Object.keys(definition.parameters))),
    };
  }
  return undefined;
}

/** Ranges of what nodes read and make, of floats. */
async function rangesOf(g: GraphBuilder, nodes: readonly Node[], feeds: Readonly<Record<string, Tensor>>) {
  const values = new Map<string, Value>();
  for (const { inputs, outputs } of nodes)
    for (const value of [...inputs, ...outputs])
      if (value?.dtype === "float32" && value.name !== "" && !(value.name in feeds)) values.set(value.name, value);
  const names = [...values.keys()];
  const wanted = Object.fromEntries(names.map((name, i) => [`value:${i}`, values.get(name)!]));
  const model = g.build({ outputs: wanted });
  await using session = await openSession(model);
  const fed = Object.fromEntries(session.inputs.map(({ name }) => [name, feeds[name]!]));
  const results = names.length === 0 ? {} : await session.run(fed);
  const read = nodes.flatMap(({ inputs }) =>
    inputs.flatMap((value) => (value && value.name in feeds ? [value.name] : [])),
  );
  return new Map([
    ...names.map((name, i) => [name, rangeOf(name, results[`value:${i}`]!)] as const),
    ...read.map((name) => [name, rangeOf(name, feeds[name]!)] as const),
  ]);
}

function rangeOf(name: string, { data, shape }: Tensor): { readonly isWhole: boolean; readonly range: ValueRange } {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let isWhole = true;
  for (let i = 0; i < data.length; i++) {
    const value = Number(data[i]);
    if (!Number.isFinite(value)) isWhole = false;
    else {
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  return { isWhole, range: { name, shape, min, max } };
}

/** The first of the wanted inputs that a walk back from a node meets, wide before deep. */
function nearest(g: GraphBuilder, from: Node, wanted: ReadonlySet<string>): string | undefined {
  const makers = new Map(g.nodes.flatMap((node) => node.outputs.map(({ name }) => [name, node] as const)));
  const waiting = [from];
  const seen = new Set(waiting);
  for (const node of waiting) {
    for (const input of node.inputs) {
      if (input === undefined) continue;
      if (wanted.has(input.name)) return input.name;
      const maker = makers.get(input.name);
      if (maker && !seen.has(maker)) {
        seen.add(maker);
        waiting.push(maker);
      }
    }
  }
  return undefined;
}
