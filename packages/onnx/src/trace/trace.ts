import { AthanorError } from "@athanor/core";
import { GraphBuilder, type Value } from "../graph/graph-builder.ts";
import type { Model } from "../model.ts";
import { mapTree, type Path, type TreeLike } from "./tree.ts";

/** A function over symbolic values: it writes nodes with `g`; its arguments and its result are trees of values. */
export type GraphFunction<A extends readonly unknown[], R> = (g: GraphBuilder, ...args: A) => R;

/** The type of a value before it has a name. */
export type Spec = Pick<Value, "dtype" | "shape">;

/** A function as a graph, with its inputs and outputs in the form of the function's arguments and result. */
export interface Traced<A extends readonly unknown[], R> {
  readonly model: Model;
  readonly inputs: A;
  readonly outputs: R;
}

/**
 * Runs a function once over symbolic values and keeps what it wrote as a graph.
 *
 * Names are the keys that lead to a value: `weights.0` of a single object, `x0`, `x1.bias` of several arguments, `y` of a lone
 * result; an output whose name an input has gets a prime.
 *
 * @throws `onnx/tree` for arguments and results that are no trees of values, and what the function throws
 */
export function trace<A extends readonly unknown[], R>(
  fn: GraphFunction<A, R>,
  specs: { readonly [K in keyof A]: TreeLike<A[K], Spec> },
): Traced<A, R> {
  const g = new GraphBuilder();
  const args = mapTree<Spec, Value>(specs, ({ dtype, shape }, path) => g.input(inputName(path, specs), dtype, shape));
  const taken = new Set(g.inputs.map(({ name }) => name));
  const outputs = mapTree<Value, Value>(fn(g, ...(args as A)), (value, path) => {
    checkOwner(g, value, path);
    let name = typeof path[0] === "string" ? path.join(".") : `y${path.join(".")}`;
    while (taken.has(name)) name += "'";
    taken.add(name);
    g.output(name, value);
    return { ...value, name };
  });
  return { model: g.build({ name: fn.name || "function" }), inputs: args as A, outputs: outputs as R };
}

function inputName(path: Path, specs: readonly unknown[]): string {
  const [, ...inner] = path;
  return specs.length === 1 && typeof inner[0] === "string" ? inner.join(".") : `x${path.join(".")}`;
}

function checkOwner(g: GraphBuilder, value: Value, path: Path): void {
  if (g.owns(value)) return;
  throw new AthanorError(
    "onnx/foreign-value",
    `trace: expected results of this function's own graph, got ${value.name} of another at ${path.join(".") || "the result"}`,
    { fix: "Return values that the function made with its g.", details: { name: value.name, path } },
  );
}
