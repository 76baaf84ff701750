import { defineOp, string } from "../define-op.ts";
import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import { einsumTerms } from "../rules/einsum-terms.ts";

export const einsum = defineOp({
  name: "Einsum",
  attributes: { equation: string("") },
  inputs: [1, Number.POSITIVE_INFINITY],
  infer({ inputs, attributes: { equation } }) {
    const { dtype } = inputs[0]!;
    if (inputs.some((input) => input!.shape === undefined)) return [{ dtype, shape: undefined }];
    const { output, lengths } = einsumTerms(equation, inputs as readonly Value[]);
    return [{ dtype, shape: output.map((label) => lengths.get(label)!) }];
  },
  // dA takes A's place: the upstream gradient and the other operands, summed to A's labels.
  gradient({ g, inputs, upstream: [dy], attributes: { equation }, wants }) {
    const { operands, output, lengths } = einsumTerms(equation, inputs);
    return inputs.map((input, i) => {
      if (!wants(i)) return undefined;
      const others = operands.flatMap((labels, k) => (k === i ? [] : [{ labels, value: inputs[k]! }]));
      const known = new Set([...output, ...others.flatMap(({ labels }) => labels)]);
      const fresh = freshLabels([...lengths.keys()]);
      const extra: { labels: string[]; value: Value }[] = [];
      const stretched: number[] = [];
      const result = operands[i]!.flatMap((label, axis, all) => {
        const length = lengths.get(label);
        // A length of one that others stretch is summed away.
        if (input.shape[axis] === 1 && length !== 1) {
          stretched.push(axis);
          return [];
        }
        const isDiagonal = all.indexOf(label) !== axis;
        const own = isDiagonal ? fresh.next().value! : label;
        if (isDiagonal) extra.push({ labels: [label, own], value: identityMatrix(g, lengthOf(g, input, axis), dy!) });
        else if (!known.has(label)) extra.push({ labels: [label], value: ones(g, lengthOf(g, input, axis), dy!) });
        return [own];
      });
      const terms = [{ labels: output, value: dy! }, ...others, ...extra];
      const own = `${terms.map(({ labels }) => labels.join("")).join(",")}->${result.join("")}`;
      const gradient = g.op(
        "Einsum",
        terms.map(({ value }) => value),
        { equation: own },
      );
      return stretched.length === 0 ? gradient : g.op("Unsqueeze", [gradient, g.constant(stretched, "int64")]);
    });
  },
});

function* freshLabels(taken: readonly string[]): Generator<string, string> {
  for (let code = 65; ; code++) {
    const label = String.fromCharCode(code);
    if (!taken.includes(label)) yield label;
  }
}

/** The length of an axis as `[1]` of int64. */
const lengthOf = (g: GraphBuilder, value: Value, axis: number): Value => {
  const length = value.shape[axis]!;
  return typeof length === "number"
    ? g.constant([length], "int64")
    : g.op("Shape", [value], { start: axis, end: axis + 1 });
};
const ones = (g: GraphBuilder, length: Value, { dtype }: Value) =>
  g.op("ConstantOfShape", [length], { value: g.one(dtype) });
const identityMatrix = (g: GraphBuilder, length: Value, like: Value) =>
  g.op("EyeLike", [g.op("ConstantOfShape", [g.concat([length, length], 0)], { value: g.zero(like.dtype) })]);
