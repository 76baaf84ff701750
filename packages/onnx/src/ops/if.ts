import { pullback } from "../autodiff/pullback.ts";
import { body, defineOp } from "../define-op.ts";
import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import { inlineGraph } from "../graph/inline-graph.ts";
import type { Dim, Graph, ValueType } from "../model.ts";
import { zerosLike } from "../rules/zeros-like.ts";

export const ifOp = defineOp({
  name: "If",
  attributes: { then_branch: body, else_branch: body },
  inputs: [1, 1],
  infer({ attributes: { then_branch, else_branch }, constant, body }) {
    const known = constant(0);
    if (known) return body(known.data[0] ? then_branch : else_branch, []);
    const other = body(else_branch, []);
    return body(then_branch, []).map((type, i) => either(type, other[i]!, i));
  },
  // The gradient is an If too: each branch computes its own part again and walks back through it.
  gradient({ g, inputs: [condition], captures, upstream, attributes: { then_branch, else_branch }, wants }) {
    const wanted = captures.filter((_, i) => wants(i + 1));
    const back = (branch: Graph) => g.body([], (inner) => branchGradients(inner, branch, upstream, wanted));
    const branches = { then_branch: back(then_branch), else_branch: back(else_branch) };
    const gradients = g.ops("If", [condition], branches, { outputs: wanted.length });
    return [undefined, ...captures.map((value) => gradients[wanted.indexOf(value)])];
  },
});

function branchGradients(
  inner: GraphBuilder,
  branch: Graph,
  upstream: readonly (Value | undefined)[],
  wanted: readonly Value[],
): readonly Value[] {
  const outputs = inlineGraph(inner, branch, []);
  const gradients = pullback(inner, { nodes: [...inner.nodes], outputs, upstream, wanted });
  return gradients.map((value, i) => value ?? zerosLike(inner, wanted[i]!));
}

/** What holds whichever branch is taken: lengths that differ become symbolic. */
function either(a: ValueType, b: ValueType, output: number): ValueType {
  if (a.shape?.length !== b.shape?.length) return { dtype: a.dtype, shape: undefined };
  const length = (one: Dim, axis: number): Dim => (one === b.shape![axis] ? one : `if_${output}_${axis}`);
  return { dtype: a.dtype, shape: a.shape?.map(length) };
}
