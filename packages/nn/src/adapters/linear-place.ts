import { type GraphView, type Node, numberAt, productOf } from "@athanor/onnx";

/** A node that multiplies by a stored weight, where an adapter may sit. */
export interface LinearPlace {
  /** What the exporter called the layer: `encoder.layer.0.attention.self.query`. */
  readonly module: string;
  readonly node: Node;
  readonly kind: "matmul" | "gemm" | "conv";
  readonly x: string;
  readonly weight: string;
  readonly bias: string | undefined;
  readonly inFeatures: number;
  readonly outFeatures: number;
  /** True where the weight is stored `[out, in]`. */
  readonly isTransposed: boolean;
}

/** The place at a node; `undefined` where it multiplies by no stored float32 weight of two axes, or a convolution has groups. */
export function linearPlace(node: Node, graph: GraphView): LinearPlace | undefined {
  const isConv = node.op === "Conv" && node.domain === "" && numberAt(node, "group", 1) === 1;
  const product = isConv ? undefined : productOf(node);
  const weight = isConv ? node.inputs[1] : product?.b;
  if (!weight || product?.transA || (product && product.alpha !== 1)) return undefined;
  const stored = graph.constant(weight);
  if (stored?.dtype !== "float32" || (isConv ? stored.shape.length < 3 : stored.shape.length !== 2)) return undefined;
  const isTransposed = isConv || product!.transB;
  const [first, second] = stored.shape as readonly [number, number];
  return {
    module: moduleOf(node, weight),
    node,
    kind: isConv ? "conv" : product!.c === undefined && node.op === "MatMul" ? "matmul" : "gemm",
    x: node.inputs[0]!,
    weight,
    bias: isConv ? node.inputs[2] || undefined : product!.c,
    inFeatures: isTransposed ? second : first,
    outFeatures: isTransposed ? first : second,
    isTransposed,
  };
}

/** Exporters keep a layer's path in the weight's name, or else in the node's, as `/encoder/layer.0/query/MatMul`. */
function moduleOf({ name, op }: Node, weight: string): string {
  if (weight.endsWith(".weight")) return weight.slice(0, -".weight".length);
  const path = name.split("/").filter((part) => part !== "");
  const isPath = path.length > 1 && path.at(-1)!.startsWith(op);
  return isPath ? path.slice(0, -1).join(".") : weight;
}
