import type { DType } from "@athanor/core";
import { elementType, isElementCode } from "./element-types.ts";
import type { Attribute, Node } from "./model.ts";

/** Operators whose inputs are all of one type, which is that of their output. */
const uniform = new Set(
  ["Add", "Sub", "Mul", "Div", "Mod", "Max", "Min", "Sum", "Mean", "MatMul", "Gemm", "Conv", "ConvTranspose"].concat([
    "Concat",
    "And",
    "Or",
    "Xor",
    "PRelu",
    "LSTM",
    "GRU",
    "RNN",
    "Einsum",
  ]),
);
/** Operators whose two inputs are of one type and whose output is a truth value. */
const comparisons = new Set(["Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual"]);
const counting = new Set(["Shape", "Size", "NonZero", "ArgMax", "ArgMin"]);
/** Operators whose output is of the type of their first input, whatever else they read. */
const like = new Set(
  ["Relu", "Sigmoid", "Tanh", "Exp", "Log", "Sqrt", "Neg", "Abs", "Erf", "Softmax", "LogSoftmax", "Identity"].concat(
    ["Reshape", "Transpose", "Squeeze", "Unsqueeze", "Flatten", "Expand", "Slice", "Gather", "Clip", "Pad"],
    ["ReduceSum", "ReduceMean", "ReduceMax", "ReduceMin", "MaxPool", "AveragePool", "GlobalAveragePool"],
  ),
);

/** Inputs that must be of one type by the standard; recurrent operators count lengths in another. */
export function sameTyped({ op, domain, inputs }: Node): readonly number[] {
  if (domain !== "") return [];
  if (op === "Where") return [1, 2];
  if (!uniform.has(op) && !comparisons.has(op)) return [];
  return [...inputs.keys()].filter((i) => inputs[i] !== "" && !(i === 4 && /^(LSTM|GRU|RNN)$/.test(op)));
}

/** The type of a node's first output, where its operator says it without looking at shapes. */
export function resultType({ op, domain, attributes }: Node, first: DType | undefined): DType | undefined {
  if (domain !== "") return undefined;
  if (uniform.has(op) || like.has(op)) return first;
  if (comparisons.has(op)) return "bool";
  if (counting.has(op)) return "int64";
  if (op === "Cast") return castType(attributes.to);
  return undefined;
}

const castType = (to: Attribute | undefined): DType | undefined =>
  to?.kind === "int" && isElementCode(Number(to.value)) ? elementType(Number(to.value)) : undefined;
