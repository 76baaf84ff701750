import { AthanorError, type Tensor } from "@athanor/core";
import { body, defineOp } from "../define-op.ts";
import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import { inlineGraph } from "../graph/inline-graph.ts";
import type { Dim, Graph, ValueType } from "../model.ts";
import { walkBack } from "../recurrence/walk-back.ts";
import { zerosLike } from "../rules/zeros-like.ts";
import { isFloat, showShape } from "../shapes.ts";

export const loop = defineOp({
  name: "Loop",
  attributes: { body },
  inputs: [0, Number.POSITIVE_INFINITY],
  infer({ inputs, attributes: { body: graph }, constant, body }) {
    const count = inputs.length - 2;
    const control = controlTypes(graph);
    const states = steady(inputs.slice(2) as ValueType[], (types) =>
      body(graph, [...control, ...types]).slice(1, 1 + count),
    );
    const trips = tripsOf(graph, constant(0), inputs[1], constant(1)) || "loop_trips";
    const collected = body(graph, [...control, ...states]).slice(1 + count);
    return [...states, ...collected.map(({ dtype, shape }) => ({ dtype, shape: shape && [trips, ...shape] }))];
  },
  // The loop runs again and collects what every iteration saw, however many there were; a scan from its end walks back.
  gradient({ g, inputs, captures, upstream, attributes: { body: graph }, wants, constant }) {
    const [trips, condition, ...states] = inputs;
    const types = [...controlTypes(graph), ...states];
    const recorder = g.body(types, (inner, values) => {
      const results = inlineGraph(inner, graph, values).slice(0, 1 + states.length);
      for (const [i, { shape }] of results.slice(1).entries()) {
        if (!isKept(states[i]!.shape, shape)) throw changingShape(i, states[i]!, shape);
      }
      return [...results, ...values];
    });
    const recorded = g.ops(
      "Loop",
      [trips, condition, ...states],
      { body: recorder },
      { outputs: states.length + types.length },
    );
    const wanted = captures.filter((_, i) => wants(inputs.length + i));
    // By place: one value may start several states.
    const floats = [...states.keys()].filter((i) => wants(2 + i) && isFloat(states[i]!.dtype));
    const walk = (inner: GraphBuilder): readonly Value[] => {
      const back = walkBack(inner, {
        body: graph,
        read: recorded.slice(states.length).map((value) => ({ value, axis: 0, isReversed: false })),
        carried: states.map((initial, i) => ({ input: 2 + i, output: 1 + i, initial, upstream: upstream[i] })),
        collected: upstream.slice(states.length).flatMap((value, i) => {
          const stack = value && { value, axis: 0, isReversed: false };
          return stack ? [{ output: 1 + states.length + i, upstream: stack }] : [];
        }),
        wanted: [],
        captures: wanted,
      });
      return [...floats.map((i) => back.carried[i]!), ...back.captures];
    };
    // A scan makes at least one step; a loop may make none, which leaves the gradient of its states as it is.
    const stay = (inner: GraphBuilder) => [
      ...floats.map((i) => upstream[i] ?? zerosLike(inner, states[i]!)),
      ...wanted.map((value) => zerosLike(inner, value)),
    ];
    const gradients =
      tripsOf(graph, constant(0), condition, constant(1)) > 0
        ? walk(g)
        : whenAny(g, recorded.at(states.length)!, walk, stay);
    const gradientOf = <T>(one: T, of: readonly T[], from: number) =>
      of.includes(one) ? gradients[from + of.indexOf(one)] : undefined;
    return [
      undefined,
      undefined,
      ...states.map((_, i) => gradientOf(i, floats, 0)),
      ...captures.map((value) => gradientOf(value, wanted, floats.length)),
    ];
  },
});

type Build = (inner: GraphBuilder) => readonly Value[];

/** Chooses by whether the loop made any trip, which it counted. */
function whenAny(g: GraphBuilder, counted: Value, walk: Build, stay: Build): readonly Value[] {
  const branches = { then_branch: g.body([], walk), else_branch: g.body([], stay) };
  const trips = g.op("Squeeze", [
    g.op("Slice", [g.op("Shape", [counted]), ...[[0], [1]].map((at) => g.constant(at, "int64"))]),
  ]);
  return g.ops("If", [g.greater(trips, 0)], branches, { outputs: branches.else_branch.outputs.length });
}

/** How many trips are certain beforehand; 0 when only the run tells. */
function tripsOf(
  graph: Graph,
  trips: Tensor | undefined,
  condition: ValueType | undefined,
  known: Tensor | undefined,
): number {
  const starts = condition === undefined || Boolean(known?.data[0]);
  return trips !== undefined && starts && keepsGoing(graph) ? Number(trips.data[0]) : 0;
}

/** The iteration's number and whether it goes on, of the shapes that the body declares. */
const controlTypes = ({ inputs: [iteration, condition] }: Graph): readonly ValueType[] => [
  { dtype: "int64", shape: iteration?.shape ?? [] },
  { dtype: "bool", shape: condition?.shape ?? [] },
];

/** True when the body hands its condition on, so that the trip count alone ends the loop. */
function keepsGoing({ inputs, outputs, nodes }: Graph): boolean {
  const produced = new Map(nodes.map((node) => [node.outputs[0], node]));
  let name = outputs[0]!.name;
  while (produced.get(name)?.op === "Identity") name = produced.get(name)!.inputs[0]!;
  const { op, attributes } = produced.get(name) ?? {};
  const value = attributes?.value;
  return name === inputs[1]?.name || (op === "Constant" && value?.kind === "tensor" && Boolean(value.value.data[0]));
}

/** State types that an iteration keeps: lengths that it changes become symbolic. */
function steady(
  types: readonly ValueType[],
  step: (types: readonly ValueType[]) => readonly ValueType[],
): readonly ValueType[] {
  const next = step(types);
  const merged = types.map(({ dtype, shape }, i): ValueType => {
    const after = next[i]!.shape;
    if (shape?.length !== after?.length) return { dtype, shape: undefined };
    return {
      dtype,
      shape: shape?.map((length, axis): Dim => (length === after![axis] ? length : `loop_${i}_${axis}`)),
    };
  });
  return merged.every(({ shape }, i) => showShape(shape) === showShape(types[i]!.shape))
    ? merged
    : steady(merged, step);
}

/** Whether a state may have the same lengths after an iteration: what only the run tells may be what is stated. */
const isKept = (before: readonly Dim[], after: readonly Dim[]): boolean =>
  before.length === after.length &&
  before.every((length, axis) => length === after[axis] || typeof length !== typeof after[axis]);

const changingShape = (
  state: number,
  { name, shape }: { name: string; shape: readonly Dim[] },
  after: readonly Dim[],
): AthanorError =>
  new AthanorError(
    "onnx/no-gradient",
    `Loop: expected a state that keeps its shape, got ${name} of ${showShape(shape)} that becomes ${showShape(after)}`,
    {
      fix: "Collect growing values as outputs of the iterations instead of carrying them.",
      details: { op: "Loop", state, before: shape, after },
    },
  );
