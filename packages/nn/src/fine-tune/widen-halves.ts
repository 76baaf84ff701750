import type { DType } from "@athanor/core";
import { type Attribute, type Graph, loadTensor, type Model, storeTensor } from "@athanor/onnx";
import { asFloat32 } from "../adapters/as-float32.ts";

const isHalf = (dtype: DType): boolean => dtype === "float16" || dtype === "bfloat16";
/** How the standard numbers the element types. */
const [float, halves] = [1, [10, 16]];

/** A model that computes in float32 what was exported in half precision: small steps would be lost in halves. */
export const widenHalves = (model: Model): Model => ({ ...model, graph: widened(model.graph) });

function widened(graph: Graph): Graph {
  const wide = <T extends { readonly dtype: DType }>(info: T): T =>
    isHalf(info.dtype) ? { ...info, dtype: "float32" } : info;
  const attribute = (op: string, name: string, given: Attribute): Attribute => {
    if (given.kind === "graph") return { ...given, value: widened(given.value) };
    if (given.kind === "tensor" && isHalf(given.value.dtype)) return { ...given, value: asFloat32(given.value) };
    const isType = given.kind === "int" && op === "Cast" && name === "to";
    return isType && halves.includes(Number(given.value)) ? { ...given, value: float } : given;
  };
  return {
    ...graph,
    inputs: graph.inputs.map(wide),
    outputs: graph.outputs.map(wide),
    values: graph.values.map(wide),
    initializers: new Map(
      [...graph.initializers].map(([name, stored]) => [
        name,
        isHalf(stored.dtype) ? storeTensor(asFloat32(loadTensor(stored))) : stored,
      ]),
    ),
    nodes: graph.nodes.map((node) => ({
      ...node,
      attributes: Object.fromEntries(
        Object.entries(node.attributes).map(([name, given]) => [name, attribute(node.op, name, given)]),
      ),
    })),
  };
}
