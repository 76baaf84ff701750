import { plainNode } from "../rewrite/plain-node.ts";
import type { QuantizeValue } from "./quantized-value.ts";

/** Rounds to 256 steps between a value's least and largest number: enough for activations, whose rows are alike. */
export const quantizeWhole: QuantizeValue = (x, graph) => {
  const [bytes, step, zero] = [graph.fresh(`${x}_bytes`), graph.fresh(`${x}_step`), graph.fresh(`${x}_zero`)];
  const node = plainNode("DynamicQuantizeLinear", [x], [bytes, step, zero]);
  return { bytes, step, zero, nodes: [node], initializers: new Map() };
};
