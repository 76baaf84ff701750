import { float32, int64, Tensor } from "@athanor/core";
import type { Node } from "../model.ts";
import type { GraphView } from "../rewrite/graph-view.ts";
import { plainNode } from "../rewrite/plain-node.ts";
import { storeTensor } from "../stored-tensor.ts";
import type { QuantizedValue } from "./quantized-value.ts";

/** Rows smaller than this become zero. */
const least = 1e-30;
const keepAxis: Node["attributes"] = { keepdims: { kind: "int", value: 1 } };

/** Rounds each row to 255 steps of its own, around zero: gradients need it, whose rows differ by orders of magnitude. */
export function quantizeRows(x: string, graph: GraphView): QuantizedValue {
  const name = (part: string) => graph.fresh(`${x}_${part}`);
  const [highest, lowest, depth, rowScales, scaled, bytes] = [
    name("highest"),
    name("lowest"),
    name("depth"),
    name("scales"),
    name("scaled"),
    name("bytes"),
  ];
  const [axis, floor, step, zero] = [name("axis"), name("floor"), name("step"), name("zero")];
  return {
    bytes,
    step,
    zero,
    rowScales,
    nodes: [
      // The largest magnitude without an array of magnitudes.
      plainNode("ReduceMax", [x, axis], [highest], { attributes: keepAxis }),
      plainNode("ReduceMin", [x, axis], [lowest], { attributes: keepAxis }),
      plainNode("Neg", [lowest], [depth]),
      plainNode("Max", [highest, depth, floor], [rowScales]),
      plainNode("Div", [x, rowScales], [scaled]),
      plainNode("QuantizeLinear", [scaled, step, zero], [bytes]),
    ],
    initializers: new Map([
      [axis, storeTensor(int64([-1]))],
      [floor, storeTensor(float32([least], []))],
      [step, storeTensor(float32([1 / 127], []))],
      [zero, storeTensor(new Tensor("uint8", Uint8Array.of(128), []))],
    ]),
  };
}
