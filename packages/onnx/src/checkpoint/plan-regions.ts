import { AthanorError } from "@athanor/core";
import { type BuiltNode, operandsOf, toNode, type Value } from "../graph/built-node.ts";
import { GraphBuilder } from "../graph/graph-builder.ts";
import { liveNodes } from "../graph/live-nodes.ts";
import type { Region } from "./region.ts";
import { bytesOf, savedActivations } from "./saved-activations.ts";

const mostSegments = 32;

/**
 * Chooses regions so that the activations in memory at any one time fit a budget, computing as little as possible again.
 *
 * The forward pass is cut into segments that keep about the same; the first ones become regions, and never the last, whose
 * values are needed as soon as they are made.
 *
 * @throws `onnx/checkpoint-budget` naming the least that can be reached
 */
export function planRegions(
  g: GraphBuilder,
  loss: Value,
  withRespectTo: readonly Value[],
  budgetBytes: number,
  differentiate: Differentiate,
): readonly Region[] {
  const forward = liveNodes(g.nodes, new Set([loss.name]));
  const saved = rehearse(g, loss, withRespectTo, differentiate);
  const all = sum(saved.values());
  if (all <= budgetBytes) return [];
  const plans = [];
  for (let count = 2; count <= Math.min(mostSegments, saved.size); count++) {
    const segments = cut(forward, saved, count);
    for (let taken = 1; taken < segments.length; taken++) plans.push(weigh(segments.slice(0, taken), forward, saved));
  }
  const [cheapest] = plans.filter(({ peak }) => peak <= budgetBytes).sort((a, b) => a.again - b.again);
  if (cheapest === undefined) {
    const least = Math.min(all, ...plans.map(({ peak }) => peak));
    throw new AthanorError(
      "onnx/checkpoint-budget",
      `gradient: expected a budget for activations of at least ${least} bytes, got ${budgetBytes}`,
      { fix: "Raise the budget, or make the batch smaller.", details: { least, budgetBytes, withoutRegions: all } },
    );
  }
  return cheapest.segments.map((nodes, i) => ({ name: `segment-${i}`, nodes: nodes.map(({ name }) => name) }));
}

/** Reverse mode without regions, as a parameter because it is what calls this. */
export type Differentiate = (g: GraphBuilder, loss: Value, withRespectTo: readonly Value[]) => readonly Value[];

type Saved = ReadonlyMap<string, number>;
const sum = (numbers: Iterable<number>): number => Array.from(numbers).reduce((total, number) => total + number, 0);
const savedIn = (nodes: readonly BuiltNode[], saved: Saved): number =>
  sum(nodes.flatMap(({ outputs }) => outputs.map(({ name }) => saved.get(name) ?? 0)));

/** Builds the gradient in a copy of the graph, to see what it reads. */
function rehearse(g: GraphBuilder, loss: Value, withRespectTo: readonly Value[], differentiate: Differentiate): Saved {
  const copy = new GraphBuilder();
  for (const { name, dtype, shape } of g.inputs) copy.input(name, dtype, shape!);
  for (const [name, stored] of g.initializers) copy.initializer(name, stored);
  for (const node of g.nodes) {
    const inputs = node.inputs.map((input) => input && copy.value(input.name));
    const names = node.outputs.map(({ name }) => name);
    copy.adopt(toNode(node), inputs, names, (i) => node.outputs[i]);
  }
  const forwardCount = copy.nodes.length;
  const gradients = differentiate(
    copy,
    copy.value(loss.name),
    withRespectTo.map(({ name }) => copy.value(name)),
  );
  return new Map(savedActivations(copy, gradients, forwardCount).map(({ name, bytes }) => [name, bytes]));
}

/** Cuts the nodes into runs whose saved values take about the same memory. */
function cut(nodes: readonly BuiltNode[], saved: Saved, count: number): readonly (readonly BuiltNode[])[] {
  const share = sum(saved.values()) / count;
  const segments: BuiltNode[][] = [[]];
  let held = 0;
  for (const node of nodes) {
    if (held >= share * segments.length && segments.length < count) segments.push([]);
    segments.at(-1)!.push(node);
    held += savedIn([node], saved);
  }
  return segments;
}

/**
 * The most that is in memory with the first segments as regions, and what is computed again.
 *
 * What enters a region stays until the region has been computed again; the values of the others are gone by then.
 */
function weigh(segments: readonly (readonly BuiltNode[])[], nodes: readonly BuiltNode[], saved: Saved) {
  const outputsOf = (some: readonly BuiltNode[]) => some.flatMap(({ outputs }) => outputs.map(({ name }) => name));
  const made = new Set(outputsOf(nodes));
  const inRegions = new Set(segments.flat());
  const rest = nodes.filter((node) => !inRegions.has(node));
  const entering = new Map<string, number>();
  for (const segment of [...segments, rest]) {
    const own = new Set(outputsOf(segment));
    for (const input of segment.flatMap(operandsOf)) {
      const isHeld = input && made.has(input.name) && !own.has(input.name);
      if (isHeld && (segment !== rest || saved.has(input.name))) entering.set(input.name, bytesOf(input));
    }
  }
  const bytes = segments.map((segment) => savedIn(segment, saved));
  const peak = sum(entering.values()) + Math.max(savedIn(rest, saved), ...bytes);
  return { segments, again: sum(bytes), peak };
}
