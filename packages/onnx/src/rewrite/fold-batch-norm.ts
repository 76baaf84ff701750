import { Tensor } from "@athanor/core";
import type { Model, Node } from "../model.ts";
import { storeTensor } from "../stored-tensor.ts";
import type { GraphView } from "./graph-view.ts";
import { numberAt } from "./read-attribute.ts";
import { rewriteNodes } from "./rewrite-nodes.ts";

/** Moves a BatchNormalization with fixed statistics into the weights of the Conv, ConvTranspose or Gemm before it. */
export function foldBatchNorm(model: Model): Model {
  return rewriteNodes(model, (node, graph) => {
    if (node.op !== "BatchNormalization" || node.domain !== "" || numberAt(node, "training_mode", 0) === 1)
      return undefined;
    const [x, ...names] = node.inputs as [string, ...string[]];
    const before = graph.producer(x);
    const axis = before && graph.uses(x) === 1 ? outputAxis(before, graph) : undefined;
    if (axis === undefined) return undefined;
    const [scale, shift, mean, variance] = names.map((name) => floats(name, graph));
    const weight = floats(before!.inputs[1]!, graph);
    const bias = before!.inputs[2] ? floats(before!.inputs[2], graph) : undefined;
    if (!scale || !shift || !mean || !variance || !weight || (before!.inputs[2] && !bias)) return undefined;
    if (bias && bias.size !== scale.size) return undefined;

    // y = (x − mean) · s + shift with s = scale / √(variance + ε), so W′ = W s and b′ = (b − mean) s + shift
    const epsilon = numberAt(node, "epsilon", 1e-5);
    const s = Float64Array.from(scale.data, (value, i) => value / Math.sqrt(variance.data[i]! + epsilon));
    const inner = weight.shape.slice(axis + 1).reduce((product, length) => product * length, 1);
    const folded = weight.data.map((value, i) => value * s[Math.floor(i / inner) % s.length]!);
    const moved = Float32Array.from(s, (factor, i) => ((bias?.data[i] ?? 0) - mean.data[i]!) * factor + shift.data[i]!);
    const [w, b] = [graph.fresh(`${before!.inputs[1]}_folded`), graph.fresh(`${x}_shift`)];
    return {
      nodes: [{ ...before!, inputs: [before!.inputs[0]!, w, b], outputs: [node.outputs[0]!] }],
      initializers: new Map([
        [w, storeTensor(new Tensor("float32", folded, weight.shape))],
        [b, storeTensor(new Tensor("float32", moved, [moved.length]))],
      ]),
    };
  });
}

/** The axis of the weight that counts output channels; undefined where they are not one axis. */
function outputAxis(node: Node, graph: GraphView): number | undefined {
  if (node.domain !== "") return undefined;
  if (node.op === "Conv") return 0;
  if (node.op === "ConvTranspose") return numberAt(node, "group", 1) === 1 ? 1 : undefined;
  const isPlain = numberAt(node, "alpha", 1) === 1 && numberAt(node, "beta", 1) === 1;
  if (node.op !== "Gemm" || !isPlain || graph.type(node.outputs[0]!)?.shape?.length !== 2) return undefined;
  return numberAt(node, "transB", 0) === 1 ? 0 : 1;
}

function floats(name: string, graph: GraphView): Tensor<"float32"> | undefined {
  const tensor = graph.constant(name);
  return tensor?.dtype === "float32" ? (tensor as Tensor<"float32">) : undefined;
}
