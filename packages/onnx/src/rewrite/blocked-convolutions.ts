import { sizeOf } from "@athanor/core";
import type { Attribute, Node, ValueType } from "../model.ts";
import type { GraphView } from "./graph-view.ts";
import { NodeWriter } from "./node-writer.ts";
import type { Pass } from "./pass.ts";
import { numberAt } from "./read-attribute.ts";
import { type Replacement, rewriteNodes } from "./rewrite-nodes.ts";

/** The domain of the runtime's operators for channels in blocks. */
export const domain = "com.microsoft.nchwc";
/** Channels below which what a window sees is so little that gathering it costs nothing. */
const fewestChannels = 4;

/**
 * Convolves planes with the runtime's kernels for channels in blocks, which gather nothing and keep whole blocks in registers.
 *
 * The runtime does so itself where weights are constants; those of a training step are not.
 *
 * @param block channels in a block, as the processor's vectors have them: 8 or 16
 */
export function blockedConvolutions(block: number): Pass {
  return (model) =>
    rewriteNodes(model, (node, graph) =>
      node.op === "Conv" && node.domain === "" ? blocked(node, graph, block) : undefined,
    );
}

interface Convolution {
  readonly node: Node;
  readonly graph: GraphView;
  readonly block: number;
  readonly shape: readonly number[];
  readonly weight: readonly number[];
}

function blocked(node: Node, graph: GraphView, block: number): Replacement | undefined {
  const [shape, weight] = node.inputs.slice(0, 2).map((name) => knownShape(graph.type(name)));
  if (!shape || !weight || weight.length !== 4) return undefined;
  const group = numberAt(node, "group", 1);
  const convolution = { node, graph, block, shape, weight };
  if (group === 1) return blockedWhole(convolution);
  return group === shape[1] && group === weight[0] ? blockedDepthwise(convolution) : undefined;
}

function blockedWhole({ node, graph, block, shape, weight }: Convolution): Replacement | undefined {
  const [x, w, bias = ""] = node.inputs as [string, string, string?];
  // Weights have to be put in order each time: not worth it where they are the larger operand, as in a gradient's convolution with dY.
  if (sizeOf(weight) > sizeOf(shape)) return undefined;
  const [[, channels], [maps, , ...kernel]] = [shape, weight] as [number[], number[]];
  // Blocks are filled from four channels at a time; fewer than a block are read where they lie.
  const isDirect = channels! < block;
  if (isDirect ? channels! < fewestChannels : channels! % 4 > 0) return undefined;
  const [rows, depth] = [upTo(maps!, block), isDirect ? channels! : upTo(channels!, block)];

  const writer = new NodeWriter(graph, node);
  const filled = (value: string, missing: readonly number[]) =>
    missing.some((count) => count > 0)
      ? writer.add("Pad", [value, writer.integers([...missing.map(() => 0), ...missing])])
      : value;
  const whole = filled(w, [rows - maps!, depth - channels!, 0, 0]);
  // Two exchanges of neighbouring axes are much faster than one of all six.
  const inner = writer.exchange(whole, [rows / block, block, depth * sizeOf(kernel)], [0, 2, 1]);
  const turned = isDirect
    ? inner
    : writer.exchange(inner, [(rows * depth) / block ** 2, block, sizeOf(kernel), block], [0, 2, 1, 3]);
  const weights = writer.reshape(turned, [rows, depth, ...kernel]);
  const added = bias === "" ? [] : [filled(bias, [rows - maps!])];
  const seen = isDirect ? x : writer.add("ReorderInput", [x], { domain });
  return convolved(writer, node, [seen, weights, ...added], maps!);
}

/** Each channel by itself: there taps are blocks of channels like what they meet. */
function blockedDepthwise({ node, graph, block, shape, weight }: Convolution): Replacement | undefined {
  const [x, w, ...bias] = node.inputs as [string, string, string?];
  const [maps, , ...kernel] = weight as [number, number, number, number];
  if (maps % block > 0) return undefined;
  const writer = new NodeWriter(graph, node);
  const taps =
    inBlocks(writer, w, weight, graph, block) ??
    writer.reshape(writer.exchange(w, [maps / block, block, sizeOf(kernel)], [0, 2, 1]), weight);
  const seen = inBlocks(writer, x, shape, graph, block) ?? writer.add("ReorderInput", [x], { domain });
  return convolved(writer, node, [seen, taps, ...bias.filter((name) => name !== undefined)], maps);
}

/** Planes of a batch that are taken for channels: they are put in blocks as those of the batch, which others may read too. */
function inBlocks(
  writer: NodeWriter,
  name: string,
  shape: readonly number[],
  graph: GraphView,
  block: number,
): string | undefined {
  const reshape = graph.producer(name);
  const source = reshape?.op === "Reshape" ? reshape.inputs[0]! : undefined;
  const batch = source === undefined ? undefined : knownShape(graph.type(source));
  const isSame = batch?.length === 4 && batch[1]! % block === 0 && String(batch.slice(2)) === String(shape.slice(2));
  return isSame ? writer.reshape(writer.add("ReorderInput", [source!], { domain }), shape) : undefined;
}

function convolved(writer: NodeWriter, node: Node, inputs: readonly string[], maps: number): Replacement {
  const y = writer.add("Conv", inputs, { domain, attributes: node.attributes });
  const channels: Attribute = { kind: "int", value: maps };
  writer.add("ReorderOutput", [y], { domain, attributes: { channels }, output: node.outputs[0]! });
  return writer.replacement;
}

const upTo = (length: number, block: number): number => Math.ceil(length / block) * block;

const knownShape = (type: ValueType | undefined): readonly number[] | undefined =>
  type?.dtype === "float32" && type.shape?.every((length) => typeof length === "number")
    ? (type.shape as readonly number[])
    : undefined;
