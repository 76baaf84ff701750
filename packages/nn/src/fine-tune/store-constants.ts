import { type Model, type StoredTensor, storeTensor } from "@athanor/onnx";

/** A model whose constants are stored beside its nodes, as weights are, whichever way the exporter wrote them. */
export function storeConstants(model: Model): Model {
  const { graph } = model;
  const stored = new Map<string, StoredTensor>();
  const nodes = graph.nodes.filter((node) => {
    const { value } = node.op === "Constant" && node.domain === "" ? node.attributes : {};
    if (value?.kind !== "tensor") return true;
    stored.set(node.outputs[0]!, storeTensor(value.value));
    return false;
  });
  return { ...model, graph: { ...graph, nodes, initializers: new Map([...graph.initializers, ...stored]) } };
}
