import { type Model, type Node, namesRead } from "@athanor/onnx";

/** An attention as exporters write it: softmax(Q Kᵀ, scaled and masked) V. */
export interface AttentionProducts {
  readonly scores: Node;
  /** Where the axis of keys lies in what the scores are a product of, counted from the end. */
  readonly keysFromEnd: 1 | 2;
  readonly mixed: Node;
  /** Nodes between the scores and their softmax that add a mask or choose by one. */
  readonly masked: readonly MaskedScores[];
}

export interface MaskedScores {
  readonly node: Node;
  /** Which input the scores come in by. */
  readonly at: number;
}

const passes = new Set(["Cast", "Dropout", "Identity"]);

/** The attentions of a model, in the order in which it computes them. */
export function attentionProducts({ graph }: Model): readonly AttentionProducts[] {
  const producers = new Map(graph.nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
  const readers = new Map<string, Node[]>();
  for (const node of graph.nodes)
    for (const name of new Set(namesRead(node))) readers.set(name, [...(readers.get(name) ?? []), node]);

  const mixedFrom = (name: string): Node | undefined => {
    const [reader, ...others] = readers.get(name) ?? [];
    if (reader === undefined || others.length > 0) return undefined;
    if (passes.has(reader.op)) return mixedFrom(reader.outputs[0]!);
    return reader.op === "MatMul" && reader.inputs[0] === name ? reader : undefined;
  };
  const scoresOf = (name: string): Omit<AttentionProducts, "mixed"> | undefined => {
    const node = producers.get(name);
    const isComputed = (input: string) => !graph.initializers.has(input);
    if (node === undefined) return undefined;
    if (node.op === "MatMul" || node.op === "FusedMatMul") {
      const keysFromEnd = Number(node.attributes.transB?.value ?? 0) === 1 ? 2 : 1;
      return node.inputs.every(isComputed) ? { scores: node, keysFromEnd, masked: [] } : undefined;
    }
    if (passes.has(node.op) || node.op === "Div") return scoresOf(node.inputs[0]!);
    if (!["Add", "Mul", "Where"].includes(node.op)) return undefined;
    for (const at of node.op === "Where" ? [1, 2] : [0, 1]) {
      const found = scoresOf(node.inputs[at]!);
      if (found) return node.op === "Mul" ? found : { ...found, masked: [...found.masked, { node, at }] };
    }
    return undefined;
  };
  return graph.nodes.flatMap((node) => {
    if (node.op !== "Softmax" || node.domain !== "") return [];
    const [found, mixed] = [scoresOf(node.inputs[0]!), mixedFrom(node.outputs[0]!)];
    return found && mixed ? [{ ...found, mixed }] : [];
  });
}
