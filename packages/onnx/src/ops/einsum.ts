import { tensorOfNumbers } from "../constant-tensor.ts";
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
      const result = operands[i]!.flatMap((label, axis, all) => {
        const length = lengths.get(label);
        // A length of one that others stretch is summed away.
        if (input.shape[axis] !== length) return [];
        const isDiagonal = all.indexOf(label) !== axis;
        const own = isDiagonal ? fresh.next().value! : label;
        if (isDiagonal) extra.push({ labels: [label, own], value: identityMatrix(g, length as number, dy!) });
        else if (!known.has(label)) extra.push({ labels: [label], value: ones(g, length as number, dy!) });
        return [own];
      });
      const terms = [{ labels: output, value: dy! }, ...others, ...extra];
      const own = `${terms.map(({ labels }) => labels.join("")).join(",")}->${result.join("")}`;
      const gradient = g.op(
        "Einsum",
        terms.map(({ value }) => value),
        { equation: own },
      );
      return result.length === input.shape.length ? gradient : g.reshape(gradient, input.shape);
    });
  },
});

function* freshLabels(taken: readonly string[]): Generator<string, string> {
  for (let code = 65; ; code++) {
    const label = String.fromCharCode(code);
    if (!taken.includes(label)) yield label;
  }
}

const matrix = (g: GraphBuilder, shape: readonly number[], { dtype }: Value, entry: (i: number) => number): Value => {
  const size = shape.reduce((product, length) => product * length, 1);
  const numbers = Array.from({ length: size }, (_, i) => entry(i));
  return g.constant(tensorOfNumbers(dtype, numbers, shape));
};
const ones = (g: GraphBuilder, length: number, like: Value) => matrix(g, [length], like, () => 1);
const identityMatrix = (g: GraphBuilder, length: number, like: Value) =>
  matrix(g, [length, length], like, (i) => (i % (length + 1) === 0 ? 1 : 0));
