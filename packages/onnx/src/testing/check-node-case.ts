import { AthanorError, type DType, type Tensor } from "@athanor/core";
import { isRare } from "../element-types.ts";
import { GraphBuilder } from "../graph/graph-builder.ts";
import type { Model } from "../model.ts";
import { registry } from "../registry.ts";
import { isFloat } from "../shapes.ts";
import { storeTensor } from "../stored-tensor.ts";
import type { NodeCase } from "./node-case.ts";
import { openModel } from "./run-model.ts";

/** What a check found: nothing wrong, a difference, or why there is nothing to check. */
export type Verdict =
  | { readonly kind: "holds"; readonly precision?: "float32" | "float64" }
  | { readonly kind: "fails"; readonly reason: string }
  | { readonly kind: "beside"; readonly reason: string };

export const holds: Verdict = { kind: "holds" };
export const fails = (reason: string): Verdict => ({ kind: "fails", reason });
export const beside = (reason: string): Verdict => ({ kind: "beside", reason });

/** Operators of a model that have no rules here. */
export const unknownOps = ({ graph }: Model): readonly string[] => [
  ...new Set(graph.nodes.map(({ domain, op }) => `${domain}:${op}`).filter((key) => !registry.has(key))),
];

/** What is fed and what is stored: types often follow from the values of inputs, most often of whole numbers. */
const bindings: readonly ((tensor: Tensor, position: number) => boolean)[] = [
  ({ dtype }) => isFloat(dtype) || dtype === "string",
  (_, position) => position === 0,
  () => false,
];

export interface Bound {
  readonly g: GraphBuilder;
  readonly feeds: Readonly<Record<string, Tensor>>;
}

/** Imports the case with as many inputs fed as its types allow. */
export function bind({ model, inputs }: NodeCase): Bound {
  let refusal: unknown;
  for (const isFed of bindings) {
    const entries = Object.entries(inputs);
    const feeds = Object.fromEntries(entries.filter(([, tensor], position) => isFed(tensor, position)));
    const stored = entries
      .filter(([name]) => !(name in feeds))
      .map(([name, tensor]) => [name, storeTensor(tensor)] as const);
    const fed = Object.entries(feeds).map(([name, { dtype, shape }]) => ({ name, dtype, shape }));
    const initializers = new Map([...model.graph.initializers, ...stored]);
    try {
      const graph = {
        ...model.graph,
        inputs: fed,
        initializers,
        values: [],
        outputs: model.graph.outputs.map((info) => ({ ...info, shape: undefined })),
      };
      return { g: GraphBuilder.from({ ...model, graph }), feeds };
    } catch (error) {
      if (!(error instanceof AthanorError && error.code === "onnx/shape")) throw error;
      refusal ??= error;
    }
  }
  throw refusal;
}

/** The types that inference gives are those of the recorded outputs; a length that only a run tells fits any. */
export function checkTypes(it: NodeCase): Verdict {
  const { g } = bind(it);
  for (const [k, { value }] of g.outputs.entries()) {
    const { dtype, shape } = it.outputs[k]!;
    const known = value.shape.map((length, axis) => (typeof length === "string" ? shape[axis] : length));
    const [inferred, recorded] = [`${value.dtype} [${known}]`, `${dtype} [${shape}]`];
    if (inferred !== recorded) return fails(`output ${k}: ${inferred} inferred, ${recorded} recorded`);
  }
  return holds;
}

/** What the imported graph computes on ONNX Runtime is what was recorded. */
export async function checkValues(it: NodeCase): Promise<Verdict> {
  const { g, feeds } = bind(it);
  const run = await openedIfAble(g.build());
  if (typeof run === "string") return beside(run);
  const results = await run(feeds);
  if (typeof results === "string") return beside(results);
  for (const [k, { dtype, data }] of it.outputs.entries()) {
    const output = results[g.outputs[k]!.name]!;
    const isClose = closeness[dtype] ?? isEqual;
    const largest = Array.from(data as ArrayLike<number>).reduce(
      (most, each) => Math.max(most, Math.abs(Number(each)) || 0),
      1,
    );
    for (let i = 0; i < data.length; i++)
      if (!isClose(output.data[i]!, data[i]!, Number.isFinite(largest) ? largest : 1))
        return fails(`output ${k}, element ${i}: ${output.data[i]} computed, ${data[i]} recorded`);
  }
  return holds;
}

const isEqual = (a: unknown, b: unknown): boolean => a === b;
/** The tolerance of the cases' own runner, and the rounding of sums as large as the largest element. */
const isNear = (a: unknown, b: unknown, largest: number): boolean =>
  Object.is(a, b) || a === b || Math.abs(Number(a) - Number(b)) <= 1e-3 * Math.abs(Number(b)) + 1e-5 * largest;
/** Half precision travels as bits: a few of them may differ. */
const isNearInBits = (a: unknown, b: unknown): boolean => Math.abs(Number(a) - Number(b)) <= 4;
const closeness: Partial<Record<DType, (a: unknown, b: unknown, largest: number) => boolean>> = {
  float32: isNear,
  float64: isNear,
  float16: isNearInBits,
};

type Run = (feeds: Readonly<Record<string, Tensor>>) => Promise<Record<string, Tensor> | string>;

/** What the runtime says when it has no kernel for an operator, an element type or a setting. */
const missing =
  /NOT_IMPLEMENTED|Could not find an implementation|Type Error|Unsupported data type|does not support|[Bb]atchwise|layout|must be true for floating|is not defined for|construct locale|not supported now/;
const reasonOf = (error: unknown): string => {
  const { message } = error as Error;
  if (!missing.test(message)) throw error;
  return `the runtime: ${message.replace(/^.*?Status Message: /s, "").slice(0, 160)}`;
};

/** Opens a model on the runtime; why not, when it lacks what the model needs, which it may say first when it runs. */
export async function openedIfAble(model: Model): Promise<Run | string> {
  const { inputs, outputs } = model.graph;
  const rare = [...inputs, ...outputs].find(({ dtype }) => isRare(dtype));
  // The binding ends the process where it is asked for an output of such a type.
  if (rare) return `the runtime's binding hands over no ${rare.dtype}`;
  try {
    const run = await openModel(model);
    return (feeds) => run(feeds).catch(reasonOf);
  } catch (error) {
    return reasonOf(error);
  }
}
