import { float32 } from "@athanor/core";
import type { Model, Node } from "../model.ts";
import { storeTensor } from "../stored-tensor.ts";
import { rewriteNodes } from "./rewrite-nodes.ts";

const epsilon = 1e-5;

/** Where normalizations are put. */
export interface UnfoldOptions {
  /** Which convolutions get one; all of them by default. */
  readonly where?: (conv: Node) => boolean;
}

/**
 * A pass that puts a BatchNormalization after each Conv that has none, as a folded model needs it for further training.
 *
 * Scale 1, shift 0, mean 0 and a variance of 1 − ε change nothing until they are trained; they are the weights
 * `NAME_scale`, `NAME_shift`, `NAME_mean` and `NAME_variance` of the convolution's output `NAME`.
 */
export const unfoldBatchNorm = ({ where = () => true }: UnfoldOptions = {}) =>
  function unfoldBatchNorm(model: Model): Model {
    const normed = new Set(
      model.graph.nodes.flatMap(({ op, inputs }) => (op === "BatchNormalization" ? [inputs[0]!] : [])),
    );
    return rewriteNodes(model, (node, graph) => {
      const [y] = node.outputs as readonly [string];
      const channels = graph.type(node.inputs[1] ?? "")?.shape?.[0];
      if (node.op !== "Conv" || node.domain !== "" || normed.has(y) || !where(node)) return undefined;
      if (typeof channels !== "number" || graph.type(y)?.dtype !== "float32") return undefined;
      const fills = { scale: 1, shift: 0, mean: 0, variance: 1 - epsilon };
      const weights = Object.entries(fills).map(
        ([part, value]) =>
          [graph.fresh(`${y}_${part}`), storeTensor(float32(new Float32Array(channels).fill(value)))] as const,
      );
      const raw = graph.fresh(`${y}_raw`);
      const norm: Node = {
        op: "BatchNormalization",
        domain: "",
        name: graph.fresh(`${node.name || y}_norm`),
        inputs: [raw, ...weights.map(([name]) => name)],
        outputs: [y],
        attributes: { epsilon: { kind: "float", value: epsilon } },
      };
      return { nodes: [{ ...node, outputs: [raw] }, norm], initializers: new Map(weights) };
    });
  };
