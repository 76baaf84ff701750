import { body, defineOp, int, optional } from "../define-op.ts";
import type { Value } from "../graph/graph-builder.ts";
import { inlineGraph } from "../graph/inline-graph.ts";
import type { ValueType } from "../model.ts";
import { type Stack, sliceType, walkBack } from "../recurrence/walk-back.ts";
import { isFloat } from "../shapes.ts";

export const scan = defineOp({
  name: "Scan",
  attributes: {
    body,
    num_scan_inputs: int(1),
    scan_input_axes: optional.ints,
    scan_input_directions: optional.ints,
    scan_output_axes: optional.ints,
    scan_output_directions: optional.ints,
  },
  inputs: [1, Number.POSITIVE_INFINITY],
  infer({ inputs, attributes, body }) {
    const count = inputs.length - attributes.num_scan_inputs;
    const axisOf = (i: number) => attributes.scan_input_axes?.[i] ?? 0;
    const [states, sequences] = [inputs.slice(0, count), inputs.slice(count)] as ValueType[][];
    const slices = sequences!.map((value, i) => sliceType({ value, axis: axisOf(i) }));
    const results = body(attributes.body, [...states!, ...slices]);
    const length = sequences![0]!.shape!.at(axisOf(0))!;
    return results.map(({ dtype, shape }, i) => {
      if (i < count || shape === undefined) return { dtype, shape };
      const axis = attributes.scan_output_axes?.[i - count] ?? 0;
      return { dtype, shape: shape.toSpliced(axis < 0 ? axis + shape.length + 1 : axis, 0, length) };
    });
  },
  // The forward scan runs again and collects the states that every step saw; a scan from its end walks back.
  gradient({ g, inputs, captures, upstream, attributes, wants }) {
    const { body: graph, num_scan_inputs: sequences } = attributes;
    const count = inputs.length - sequences;
    const stack = (value: Value, i: number, kind: "input" | "output"): Stack => ({
      value,
      axis: attributes[`scan_${kind}_axes`]?.[i] ?? 0,
      isReversed: attributes[`scan_${kind}_directions`]?.[i] === 1,
    });
    const read = inputs.slice(count).map((value, i) => stack(value, i, "input"));
    const types = [...inputs.slice(0, count), ...read.map(sliceType)];
    const recorder = g.body(types, (inner, values) => [
      ...inlineGraph(inner, graph, values).slice(0, count),
      ...values.slice(0, count),
    ]);
    const { scan_input_axes, scan_input_directions } = attributes;
    const recorded = g.ops(
      "Scan",
      inputs,
      { body: recorder, num_scan_inputs: sequences, scan_input_axes, scan_input_directions },
      { outputs: 2 * count },
    );
    const wanted = read.flatMap(({ value }, i) => (wants(count + i) && isFloat(value.dtype) ? [count + i] : []));
    const wantedCaptures = captures.filter((_, i) => wants(inputs.length + i));
    const gradients = walkBack(g, {
      body: graph,
      read: [...recorded.slice(count).map((value) => ({ value, axis: 0, isReversed: false })), ...read],
      carried: inputs.slice(0, count).map((initial, i) => ({ input: i, output: i, initial, upstream: upstream[i] })),
      collected: upstream
        .slice(count)
        .flatMap((value, i) => (value ? [{ output: count + i, upstream: stack(value, i, "output") }] : [])),
      wanted,
      captures: wantedCaptures,
    });
    return [
      ...gradients.carried,
      ...read.map((_, i) => gradients.read[wanted.indexOf(count + i)]),
      ...captures.map((value) => gradients.captures[wantedCaptures.indexOf(value)]),
    ];
  },
});
