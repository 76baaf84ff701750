import { float32, Random, type Tensor } from "@athanor/core";
import fc from "fast-check";
import { GraphBuilder, type Value } from "../graph/graph-builder.ts";

type Step = (g: GraphBuilder, a: Value, b: Value) => Value;

/** Steps between stacks [2, 3, 3], chosen so that what the passes look for comes up often. */
const steps: readonly Step[] = [
  (g, a, b) => g.add(a, b),
  (g, a, b) => g.sub(a, b),
  (g, a, b) => g.mul(a, b),
  (g, a, b) => g.matMul(g.tanh(a), g.tanh(b)),
  (g, a, b) => g.matMul(g.tanh(a), g.transpose(g.tanh(b), [0, 2, 1])),
  (g, a) => g.transpose(a, [0, 2, 1]),
  (g, a) => g.neg(a),
  (g, a) => g.identity(a),
  (g, a) => g.tanh(a),
  (g, a) => g.mul(a, 1),
  (g, a) => g.mul(a, 0.5),
  (g, a) => g.add(a, 0),
  (g, a) => g.reshape(g.reshape(a, [3, 6]), [2, 3, 3]),
  (g, a) => g.add(g.matMul(a, g.value("w")), g.value("bias")),
  (g, a, b) => g.op("Sum", [a, b, g.matMul(g.tanh(a), g.value("w"))]),
  (g, a) => g.add(a, g.exp(g.constant(float32([0.1, 0.2, 0.3])))),
];

const drawn = (seed: number, shape: readonly number[]): Tensor => {
  const random = Random.from(seed);
  return float32(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal()),
    shape,
  );
};
/** What the inputs of a drawn graph are fed. */
export const drawnFeeds = { x: drawn(1, [2, 3, 3]), y: drawn(2, [2, 3, 3]), w: drawn(3, [3, 3]) };

/** A graph to draw: what each step is and which of the values before it takes. */
export const drawnSteps = fc.array(fc.tuple(fc.nat(steps.length - 1), fc.nat(1000), fc.nat(1000)), {
  minLength: 1,
  maxLength: 12,
});

/** Builds a drawn graph; every other value is squashed, so that numbers do not grow with its depth. */
export function buildSteps(choices: readonly (readonly [number, number, number])[]) {
  const g = new GraphBuilder();
  const inputs = [g.input("x", "float32", [2, 3, 3]), g.input("y", "float32", [2, 3, 3])];
  const w = g.input("w", "float32", [3, 3]);
  g.initializer("bias", float32([1, 2, 3]));
  const values = [...inputs];
  for (const [step, a, b] of choices) {
    const operands = [values[a % values.length]!, values[b % values.length]!] as const;
    values.push(g.tanh(steps[step]!(g, ...operands)), steps[step]!(g, ...operands));
  }
  return { g, values, wanted: [...inputs, w] };
}
