import { int64 } from "@athanor/core";
import { type GraphView, type Node, type StoredTensor, storeTensor } from "@athanor/onnx";

/** Nodes that put a learned part before a value along an axis, the same for every row. */
export interface PutBefore {
  readonly nodes: readonly Node[];
  readonly initializers: ReadonlyMap<string, StoredTensor>;
}

export const stepOf =
  (graph: GraphView, stem: string) =>
  (op: string, inputs: readonly string[], output: string, attributes: Node["attributes"] = {}): Node => ({
    op,
    domain: "",
    name: graph.fresh(`${stem}.${op}`),
    inputs,
    outputs: [output],
    attributes,
  });

/** output = [learned; value] along an axis, where `learned: [1, …]` has the value's lengths but for that axis. */
export function putBefore(
  graph: GraphView,
  {
    learned,
    shape,
    value,
    output,
    axis,
  }: {
    readonly learned: string;
    readonly shape: readonly number[];
    readonly value: string;
    readonly output: string;
    readonly axis: number;
  },
): PutBefore {
  const step = stepOf(graph, learned);
  const [rows, rest, lengths, repeated] = ["rows", "rest", "lengths", "repeated"].map((part) =>
    graph.fresh(`${learned}.${part}`),
  ) as [string, string, string, string];
  return {
    nodes: [
      step("Shape", [value], rows, { start: { kind: "int", value: 0 }, end: { kind: "int", value: 1 } }),
      step("Concat", [rows, rest], lengths, { axis: { kind: "int", value: 0 } }),
      step("Expand", [learned, lengths], repeated),
      step("Concat", [repeated, value], output, { axis: { kind: "int", value: axis } }),
    ],
    initializers: new Map([[rest, storeTensor(int64(shape.slice(1)))]]),
  };
}
