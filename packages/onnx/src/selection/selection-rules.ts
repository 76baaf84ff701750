import type { Dim, Node } from "../model.ts";
import { registry } from "../registry.ts";
import { integersAt, numberAt } from "../rewrite/read-attribute.ts";
import { type Place, type Selection, selectionAt } from "./selection.ts";

/** A node of whose output a part is read. */
export interface SelectedNode {
  readonly node: Node;
  readonly selection: Selection;
  readonly place: Place;
  readonly output: readonly Dim[];
  readonly inputs: readonly (readonly Dim[] | undefined)[];
}

/** Which part of an input that output needs. */
export type Need = Selection | "all";

/** The parts of a node's inputs that a part of its output needs; `undefined` where it needs them all. */
export type SelectionRule = (selected: SelectedNode) => readonly Need[] | undefined;

const all = "all" as const;

/** An input that stretches to the output, as in ONNX's broadcasting. */
function stretched(
  shape: readonly Dim[] | undefined,
  { selection, place: { axis, within }, output }: SelectedNode,
): Need | undefined {
  if (shape === undefined) return undefined;
  const own = axis - (output.length - shape.length);
  if (own < 0 || shape[own] === 1) return all;
  return shape[own] === output[axis] ? selectionAt({ axis: own, within }, shape, selection) : undefined;
}

const complete = (needs: readonly (Need | undefined)[]): readonly Need[] | undefined =>
  needs.every((need) => need !== undefined) ? (needs as readonly Need[]) : undefined;

const elementwise: SelectionRule = (selected) => complete(selected.inputs.map((shape) => stretched(shape, selected)));

/** Operators that compute along some axes, at each place of the others on its own. */
const along =
  (isOn: (axis: number, first: number) => boolean): SelectionRule =>
  ({ node, selection, place, output }) => {
    const axis = numberAt(node, "axis", -1);
    return isOn(place.axis, axis < 0 ? axis + output.length : axis) ? undefined : [selection, ...rest(node)];
  };

const view: SelectionRule = ({ selection, node }) => [selection, ...rest(node)];

const rest = (node: Node): readonly Need[] => node.inputs.slice(1).map(() => all);

const product: SelectionRule = (selected) => {
  const { node, selection, place, output, inputs } = selected;
  const [a, b] = inputs;
  const isOther = ["transA", "transBatchA", "transBatchB"].some((name) => numberAt(node, name, 0) !== 0);
  if (isOther || a === undefined || b === undefined || a.length !== output.length || b.length < 2) return undefined;
  // Rows of the product are rows of A; columns are left alone.
  if (place.axis !== output.length - 2) return undefined;
  const left = selectionAt(place, a, selection);
  return left && complete([left, all, ...inputs.slice(2).map((c) => stretched(c, selected))]);
};

const transposed: SelectionRule = ({ node, selection, place: { axis, within }, inputs: [x] }) => {
  const from = (integersAt(node, "perm") ?? x?.map((_, i) => x.length - 1 - i))?.[axis];
  const need = from === undefined ? undefined : selectionAt({ axis: from, within }, x!, selection);
  return need && [need];
};

const unary =
  "Abs Cast Ceil Clip Elu Erf Exp Floor Gelu HardSigmoid HardSwish LeakyRelu Log Mish Neg Reciprocal Relu Selu Sigmoid Sign Softplus Softsign Sqrt Tanh";
const binary = "Add Div Equal Greater Less Max Min Mul Pow Sub Sum Where";
const each = (operators: string, rule: SelectionRule) =>
  Object.fromEntries(operators.split(" ").map((name) => [`:${name}`, rule]));

const rules: Readonly<Record<string, SelectionRule | undefined>> = {
  ...each(unary, elementwise),
  ...each(binary, elementwise),
  ...each(
    "LayerNormalization RMSNormalization",
    along((axis, first) => axis >= first),
  ),
  ...each(
    "Softmax LogSoftmax",
    along((axis, only) => axis === only),
  ),
  ...each("Gemm MatMul", product),
  "com.microsoft:FusedMatMul": product,
  ":Transpose": transposed,
};

/** Whether a node shows the elements of its first input under another shape. */
export const isView = ({ domain, op }: Node): boolean => registry.get(`${domain}:${op}`)?.algebra?.isView === true;

/** The rule of a node's operator; `undefined` where a part of the output needs whole inputs. */
export const selectionRule = (node: Node): SelectionRule | undefined =>
  isView(node) ? view : rules[`${node.domain}:${node.op}`];
