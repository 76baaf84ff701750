import { int64, sizeOf } from "@athanor/core";
import type { Attribute, Node } from "../model.ts";
import { type StoredTensor, storeTensor } from "../stored-tensor.ts";
import type { GraphView } from "./graph-view.ts";
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

function blocked(node: Node, graph: GraphView, block: number): Replacement | undefined {
  const [x, w, bias = ""] = node.inputs as [string, string, string?];
  const [shape, weight] = [graph.type(x), graph.type(w)].map((type) => known(type?.dtype, type?.shape));
  if (!shape || !weight || weight.length !== 4 || numberAt(node, "group", 1) !== 1) return undefined;
  // Weights have to be put in order each time: not worth it where they are the larger operand, as in a gradient's convolution with dY.
  if (sizeOf(weight) > sizeOf(shape)) return undefined;
  const [[, channels], [maps, , ...kernel]] = [shape, weight] as [number[], number[]];
  // Blocks are filled from four channels at a time; fewer than a block are read where they lie.
  const isDirect = channels! < block;
  if (isDirect ? channels! < fewestChannels : channels! % 4 > 0) return undefined;
  const [rows, depth] = [upTo(maps!, block), isDirect ? channels! : upTo(channels!, block)];

  const initializers = new Map<string, StoredTensor>();
  const nodes: Node[] = [];
  const add = (op: string, inputs: readonly string[], attributes: Node["attributes"] = {}, to?: string, own = "") => {
    const name = graph.fresh(`${node.name}_${op}`);
    const output = to ?? graph.fresh(`${name}_out`);
    nodes.push({ op, domain: own, name, inputs, outputs: [output], attributes });
    return output;
  };
  const integers = (values: readonly number[]) => {
    const name = graph.fresh(`${node.name}_integers`);
    initializers.set(name, storeTensor(int64(values)));
    return name;
  };
  const filled = (value: string, missing: readonly number[]) =>
    missing.some((count) => count > 0) ? add("Pad", [value, integers([...missing.map(() => 0), ...missing])]) : value;

  const whole = filled(w, [rows - maps!, depth - channels!, 0, 0]);
  // Two exchanges of neighbouring axes are much faster than one of all six.
  const exchange = (value: string, split: readonly number[], perm: readonly number[]) =>
    add("Transpose", [add("Reshape", [value, integers(split)])], { perm: { kind: "ints", value: perm } });
  const inner = exchange(whole, [rows / block, block, depth * sizeOf(kernel)], [0, 2, 1]);
  const turned = isDirect
    ? inner
    : exchange(inner, [(rows * depth) / block ** 2, block, sizeOf(kernel), block], [0, 2, 1, 3]);
  const weights = add("Reshape", [turned, integers([rows, depth, ...kernel])]);
  const added = bias === "" ? [] : [filled(bias, [rows - maps!])];
  const seen = isDirect ? x : add("ReorderInput", [x], {}, undefined, domain);
  const y = add("Conv", [seen, weights, ...added], node.attributes, undefined, domain);
  const channelsOut: Attribute = { kind: "int", value: maps! };
  add("ReorderOutput", [y], { channels: channelsOut }, node.outputs[0]!, domain);
  return { nodes, initializers };
}

const upTo = (length: number, block: number): number => Math.ceil(length / block) * block;

const known = (dtype: string | undefined, shape: readonly (number | string)[] | undefined) =>
  dtype === "float32" && shape?.every((length) => typeof length === "number")
    ? (shape as readonly number[])
    : undefined;
