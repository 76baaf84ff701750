import { AthanorError } from "@athanor/core";
import { gradient } from "../autodiff/gradient.ts";
import { withCallSite } from "../graph/call-site.ts";
import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import { isFloat } from "../shapes.ts";
import type { GraphFunction } from "./trace.ts";
import { leavesOf, mapTree } from "./tree.ts";

/** A gradient: of the form of the one argument, or one each for a list of arguments. */
export type GradientOf<A extends readonly unknown[], N> = N extends readonly number[]
  ? { readonly [K in keyof N]: N[K] extends keyof A ? A[N[K]] : never }
  : N extends keyof A
    ? A[N]
    : A[0];

/** By which of a function's arguments to differentiate. */
export interface GradOptions<N extends number | readonly number[]> {
  /** Which arguments to differentiate by, counted from 0: one, or a list; the first by default. */
  readonly argnums?: N;
}

/**
 * The function that computes a function's value and its gradient: again a function over symbolic values.
 *
 * @param fn returns a scalar
 * @throws `onnx/no-gradient`, `onnx/shape` when the value is not a scalar, `onnx/dtype` for arguments of whole numbers
 */
export function valueAndGrad<A extends readonly unknown[], const N extends number | readonly number[] = 0>(
  fn: GraphFunction<A, Value>,
  { argnums = 0 as N }: GradOptions<N> = {},
): GraphFunction<A, { readonly value: Value; readonly gradient: GradientOf<A, N> }> {
  const chosen: readonly number[] = typeof argnums === "number" ? [argnums] : argnums;
  return (g, ...args) =>
    withCallSite(() => {
      const own: unknown[] = [...args];
      for (const argnum of chosen) own[argnum] = variables(g, args, argnum);
      const value = fn(g, ...(own as unknown as A));
      const wanted = chosen.map((argnum) => own[argnum]);
      const gradients = gradient(g, value, leavesOf<Value>(wanted)).values();
      const trees = mapTree<Value, Value>(wanted, () => gradients.next().value!) as readonly unknown[];
      return { value, gradient: (typeof argnums === "number" ? trees[0] : trees) as GradientOf<A, N> };
    });
}

/**
 * The function that computes a function's gradient: again a function over symbolic values, so that `grad(grad(fn))` is one.
 *
 * @throws what `valueAndGrad` throws
 */
export function grad<A extends readonly unknown[], const N extends number | readonly number[] = 0>(
  fn: GraphFunction<A, Value>,
  options: GradOptions<N> = {},
): GraphFunction<A, GradientOf<A, N>> {
  const both = valueAndGrad(fn, options);
  return (g, ...args) => both(g, ...args).gradient;
}

/** Names of their own, so that a value that also comes in another way, as another argument or by closure, stays a constant there. */
function variables(g: GraphBuilder, args: readonly unknown[], argnum: number): unknown {
  return mapTree<Value, Value>(args[argnum], (value, path) => {
    if (isFloat(value.dtype)) return g.identity(value);
    throw new AthanorError(
      "onnx/dtype",
      `grad: expected floating-point values to differentiate by, got ${value.dtype} at argument ${[argnum, ...path].join(".")}`,
      { fix: "Choose other arguments with argnums, or cast the value to float32.", details: { argnum, path } },
    );
  });
}
