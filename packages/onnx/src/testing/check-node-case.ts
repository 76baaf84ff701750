import { AthanorError, type Tensor } from "@athanor/core";
import { GraphBuilder } from "../graph-builder.ts";
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

/** The types that inference gives are those of the recorded outputs. */
export function checkTypes(it: NodeCase): Verdict {
  const { g } = bind(it);
  for (const [k, { value }] of g.outputs.entries()) {
    const { dtype, shape } = it.outputs[k]!;
    const [inferred, recorded] = [`${value.dtype} [${value.shape}]`, `${dtype} [${shape}]`];
    if (inferred !== recorded) return fails(`output ${k}: ${inferred} inferred, ${recorded} recorded`);
  }
  return holds;
}

/** What the imported graph computes on ONNX Runtime is what was recorded. */
export async function checkValues(it: NodeCase): Promise<Verdict> {
  const { g, feeds } = bind(it);
  const run = await openedIfAble(g.build());
  if (typeof run === "string") return beside(run);
  const results = Object.values(await run(feeds));
  for (const [k, { data }] of it.outputs.entries())
    for (let i = 0; i < data.length; i++) {
      const [computed, recorded] = [results[k]!.data[i]!, data[i]!];
      if (computed === recorded || (Number.isNaN(computed) && Number.isNaN(recorded))) continue;
      if (!(Math.abs(Number(computed) - Number(recorded)) <= 1e-3 * Math.abs(Number(recorded)) + 1e-5))
        return fails(`output ${k}, element ${i}: ${computed} computed, ${recorded} recorded`);
    }
  return holds;
}

/** Opens a model; why not, when the runtime has no kernel for it. */
export async function openedIfAble(model: Model): Promise<Awaited<ReturnType<typeof openModel>> | string> {
  try {
    return await openModel(model);
  } catch (error) {
    const { message } = error as Error;
    if (/NOT_IMPLEMENTED|Could not find an implementation|Type Error/.test(message))
      return `the runtime: ${message.slice(0, 200)}`;
    throw error;
  }
}
