import type { GraphBuilder, Value } from "@athanor/onnx";

/** What training makes small, as a function over graph values. */
export interface Loss {
  readonly name: string;
  /** A scalar from the network's output `[batch, …]` and the targets. */
  build: (g: GraphBuilder, output: Value, target: Value) => Value;
}

/** A loss from its function; it is known by the function's name. */
export const lossOf = (loss: Loss | Loss["build"]): Loss =>
  typeof loss === "function" ? { name: loss.name || loss.toString(), build: loss } : loss;
