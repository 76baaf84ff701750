import type { GraphBuilder, Value } from "@athanor/onnx";
import type { Outputs } from "./outputs.ts";

/** What training makes small, as a function over graph values. */
export interface Loss<O extends Outputs = Value, T extends Outputs = Value> {
  readonly name: string;
  /** A scalar from the network's output `[batch, …]` and the targets. */
  build: (g: GraphBuilder, output: O, target: T) => Value;
}

/** A loss from its function; it is known by the function's name. */
export const lossOf = <O extends Outputs, T extends Outputs>(loss: Loss<O, T> | Loss<O, T>["build"]): Loss<O, T> =>
  typeof loss === "function" ? { name: loss.name || loss.toString(), build: loss } : loss;
