import type { Dim, GraphBuilder, Value } from "@athanor/onnx";
import { lengthOf } from "./define-layer.ts";

interface Size {
  readonly hidden: number;
  readonly bothWays: boolean;
}

/** Weights of the runtime's recurrent operators, a direction each along the first axis. */
export function recurrentParameters(
  shape: readonly Dim[],
  { hidden, bothWays, gates }: Size & { readonly gates: number },
) {
  const directions = bothWays ? 2 : 1;
  const drawn = { init: "kaiming-uniform" as const, fanIn: hidden };
  return {
    inputWeight: { shape: [directions, gates * hidden, lengthOf(shape, -1)], ...drawn },
    recurrentWeight: { shape: [directions, gates * hidden, hidden], ...drawn },
    bias: { shape: [directions, 2 * gates * hidden], ...drawn },
  };
}

interface Recurrence extends Size {
  readonly x: Value;
  readonly parameters: { readonly inputWeight: Value; readonly recurrentWeight: Value; readonly bias: Value };
  readonly lengths: Value | undefined;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** The states of all steps, directions side by side: `[batch, steps, features] → [batch, steps, directions × hidden]`. */
export function recur(
  g: GraphBuilder,
  op: "LSTM" | "GRU",
  { x, parameters: { inputWeight, recurrentWeight, bias }, lengths, hidden, bothWays, attributes = {} }: Recurrence,
): Value {
  const [batch, steps] = x.shape as readonly [Dim, Dim];
  const ends = lengths && g.cast(lengths, "int32");
  const states = g.op(op, [g.transpose(x, [1, 0, 2]), inputWeight, recurrentWeight, bias, ends], {
    hidden_size: hidden,
    direction: bothWays ? "bidirectional" : "forward",
    ...attributes,
  });
  return g.reshape(g.transpose(states, [2, 0, 1, 3]), [batch, steps, hidden * (bothWays ? 2 : 1)]);
}
