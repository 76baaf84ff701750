import { pullback } from "../autodiff/pullback.ts";
import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import { inlineGraph } from "../graph/inline-graph.ts";
import type { Graph, ValueType } from "../model.ts";
import { zerosLike } from "../rules/zeros-like.ts";
import { isFloat } from "../shapes.ts";

/** One value an iteration, side by side along an axis. */
export interface Stack {
  readonly value: Value;
  readonly axis: number;
  /** True when the first iteration stands last. */
  readonly isReversed: boolean;
}

/** A body that ran several times, each time on what the time before left. */
export interface Iterations {
  readonly body: Graph;
  /** What the iterations got, one a body input. */
  readonly read: readonly Stack[];
  /** Body outputs that the next iteration gets as an input, with the gradient of what the last one left. */
  readonly carried: readonly {
    readonly input: number;
    readonly output: number;
    readonly initial: Value;
    readonly upstream: Value | undefined;
  }[];
  /** Body outputs that were collected, with the gradients of the collections. */
  readonly collected: readonly { readonly output: number; readonly upstream: Stack }[];
  /** Body inputs whose gradients are wanted for every iteration. */
  readonly wanted: readonly number[];
  /** Values of the surrounding graph whose gradients are wanted. */
  readonly captures: readonly Value[];
}

export interface IterationGradients {
  /** One a carried value: the gradient of its first state. */
  readonly carried: readonly (Value | undefined)[];
  /** One a wanted input, stacked as it was read. */
  readonly read: readonly Value[];
  readonly captures: readonly Value[];
}

/**
 * Walks back through iterations by a Scan from the last to the first: each step computes its iteration again and walks back
 * through it, handing on the gradients of the carried values and adding up those of the surrounding graph's.
 */
export function walkBack(
  g: GraphBuilder,
  { body, read, carried, collected, wanted, captures }: Iterations,
): IterationGradients {
  const floats = carried.filter(({ initial }) => isFloat(initial.dtype));
  const states = [
    ...floats.map(({ initial, upstream }) => upstream ?? zerosLike(g, initial)),
    ...captures.map((value) => zerosLike(g, value)),
  ];
  const stacks = [...read, ...collected.map(({ upstream }) => upstream)];
  const types = [...states, ...stacks.map(sliceType)];
  const outputs = wanted.map((input) => read[input]!);

  const back = g.body(types, (inner, values) => {
    const sums = values.slice(floats.length, states.length);
    const inputs = values.slice(states.length, states.length + read.length);
    const given = values.slice(states.length + read.length);
    const results = inlineGraph(inner, body, inputs);
    const gradients = pullback(inner, {
      nodes: [...inner.nodes],
      outputs: [...floats.map(({ output }) => results[output]), ...collected.map(({ output }) => results[output])],
      upstream: [...values.slice(0, floats.length), ...given],
      wanted: [...floats.map(({ input }) => inputs[input]!), ...captures, ...wanted.map((input) => inputs[input]!)],
    });
    const before = floats.map(({ input }, i) => gradients[i] ?? zerosLike(inner, inputs[input]!));
    const added = sums.map((sum, i) => {
      const part = gradients[floats.length + i];
      return part ? inner.add(sum, part) : sum;
    });
    const slices = wanted.map((input, i) => gradients[states.length + i] ?? zerosLike(inner, inputs[input]!));
    return [...before, ...added, ...slices];
  });

  const directions = (of: readonly Stack[]) => of.map(({ isReversed }) => (isReversed ? 0 : 1));
  const axes = (of: readonly Stack[]) => of.map(({ axis }) => axis);
  const results = g.ops(
    "Scan",
    [...states, ...stacks.map(({ value }) => value)],
    {
      body: back,
      num_scan_inputs: stacks.length,
      scan_input_axes: axes(stacks),
      scan_input_directions: directions(stacks),
      scan_output_axes: axes(outputs),
      scan_output_directions: directions(outputs),
    },
    { outputs: states.length + outputs.length },
  );
  return {
    carried: carried.map((one) => (isFloat(one.initial.dtype) ? results[floats.indexOf(one)] : undefined)),
    read: results.slice(states.length),
    captures: results.slice(floats.length, states.length),
  };
}

export const sliceType = ({
  value: { dtype, shape },
  axis,
}: Pick<Stack, "axis"> & { readonly value: ValueType }): ValueType => ({
  dtype,
  shape: shape?.filter((_, i) => i !== (axis < 0 ? axis + shape.length : axis)),
});
