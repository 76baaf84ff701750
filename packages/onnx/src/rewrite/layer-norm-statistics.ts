import { inSlices, type Slices } from "@athanor/core";
import { integersOf, numberOf } from "../constant-tensor.ts";
import type { Model, Node } from "../model.ts";
import { deadCodeSlices } from "./dead-code.ts";
import { typeSlices } from "./graph-links.ts";
import { type GraphView, viewSlices } from "./graph-view.ts";
import { numberAt } from "./read-attribute.ts";

/**
 * Reads mean and inverse deviation from a LayerNormalization's own outputs where a graph computes them again.
 *
 * The gradient of the operator needs both, and the forward pass has them.
 */
export const layerNormStatistics = (model: Model): Promise<Model> => inSlices(statisticsSlices(model));

function* statisticsSlices(model: Model): Slices<Model> {
  const { graph } = model;
  const { nodes: all } = graph;
  const norms = Map.groupBy(
    [...all.keys()].filter((place) => all[place]!.op === "LayerNormalization"),
    (place) => all[place]!.inputs[0]!,
  );
  if (norms.size === 0) return model;
  yield* typeSlices(graph);
  const { view } = yield* viewSlices(graph);
  const taken = new Map<Node, Statistics>();
  for (const node of all) {
    yield;
    const found = statisticsOf(node, view);
    if (found === undefined) continue;
    const isFree = (norm: Node) => !taken.has(norm) && normalizes(norm, found, view);
    const meanAt = all.indexOf(found.mean);
    const place = norms.get(found.x)?.find((at) => at < meanAt && isFree(all[at]!));
    if (place !== undefined) taken.set(all[place]!, found);
  }
  if (taken.size === 0) return model;
  const replaced = new Set([...taken.values()].flatMap(({ mean, inverse }) => [mean, inverse]));
  const nodes = graph.nodes
    .filter((node) => !replaced.has(node))
    .map((node) => {
      const found = taken.get(node);
      return found ? { ...node, outputs: [node.outputs[0]!, found.mean.outputs[0]!, found.inverse.outputs[0]!] } : node;
    });
  return yield* deadCodeSlices({ ...model, graph: { ...graph, nodes } });
}

interface Statistics {
  readonly x: string;
  readonly axes: readonly number[];
  readonly epsilon: number;
  readonly mean: Node;
  readonly inverse: Node;
}

/** 1 / √(mean((x − μ)²) + ε) over some axes, with μ the mean over the same ones. */
function statisticsOf(inverse: Node, graph: GraphView): Statistics | undefined {
  if (inverse.op !== "Div" || inverse.domain !== "" || loneNumber(inverse.inputs[0]!, graph) !== 1) return undefined;
  const root = made("Sqrt", inverse.inputs[1], graph);
  const sum = made("Add", root?.inputs[0], graph);
  const variance = made("ReduceMean", sum?.inputs[0], graph);
  const square = made("Mul", variance?.inputs[0], graph);
  const centred = made("Sub", square?.inputs[0], graph);
  const mean = made("ReduceMean", centred?.inputs[1], graph);
  const epsilon = sum && loneNumber(sum.inputs[1]!, graph);
  if (!variance || !square || !centred || !mean || epsilon === undefined) return undefined;
  const [x] = mean.inputs;
  const axes = axesOf(mean, graph);
  const isOne = square.inputs[0] === square.inputs[1] && centred.inputs[0] === x;
  const isAlike = axes !== undefined && String(axes) === String(axesOf(variance, graph));
  const isPut = [mean, inverse].some((node) => graph.isOutput(node.outputs[0]!));
  return isOne && isAlike && !isPut ? { x: x!, axes, epsilon, mean, inverse } : undefined;
}

const made = (op: string, name: string | undefined, graph: GraphView): Node | undefined => {
  const node = graph.producer(name ?? "");
  return node?.op === op && node.domain === "" ? node : undefined;
};

function loneNumber(name: string, graph: GraphView): number | undefined {
  const tensor = graph.constant(name);
  return tensor?.size === 1 ? numberOf(tensor) : undefined;
}

/** Axes of a reduction that keeps them, counted from the front. */
function axesOf(node: Node, graph: GraphView): readonly number[] | undefined {
  const axes = graph.constant(node.inputs[1] ?? "");
  const rank = graph.type(node.inputs[0]!)?.shape?.length;
  if (axes === undefined || rank === undefined || numberAt(node, "keepdims", 1) !== 1) return undefined;
  return integersOf(axes)
    .map((axis) => (axis < 0 ? axis + rank : axis))
    .sort((a, b) => a - b);
}

function normalizes(node: Node, { x, axes, epsilon }: Statistics, graph: GraphView): boolean {
  const type = graph.type(x);
  if (node.op !== "LayerNormalization" || node.domain !== "" || node.inputs[0] !== x) return false;
  if (type?.dtype !== "float32" || node.outputs.length > 1) return false;
  const rank = type.shape!.length;
  const axis = numberAt(node, "axis", -1);
  const first = axis < 0 ? axis + rank : axis;
  const isOver = axes.length === rank - first && axes.every((each, i) => each === first + i);
  return isOver && Math.fround(numberAt(node, "epsilon", 1e-5)) === Math.fround(epsilon);
}
