import type { DType, Tensor } from "@athanor/core";
import type { Dim, GraphBuilder, Value } from "@athanor/onnx";
import type { Outputs } from "./outputs.ts";

/** How the first values of a parameter are drawn. */
export type Init = "kaiming-uniform" | "xavier-uniform" | "normal" | "zeros" | "ones";

/** Shape and first values of a parameter or a buffer. */
export interface ParameterSpec {
  readonly shape: readonly number[];
  /** How they are drawn, or the values themselves. */
  readonly init: Init | Tensor<"float32">;
  /** Standard deviation of `normal`. */
  readonly scale?: number;
  /** Values that one output is made of, for the uniform schemes; the product of all but the last axis by default. */
  readonly fanIn?: number;
}

/** Element type and shape of one row of an input. */
export interface InputSpec {
  readonly dtype: DType;
  /** Lengths without the batch axis; an axis with a name has the length that a batch gives it. */
  readonly shape: readonly Dim[];
}

/** What a network sees while it builds its graph. */
export interface BuildContext {
  readonly g: GraphBuilder;
  readonly inputs: Readonly<Record<string, Value>>;
  readonly parameters: Readonly<Record<string, Value>>;
  readonly buffers: Readonly<Record<string, Value>>;
  readonly isTraining: boolean;
  /** Length of the batch axis. */
  readonly batch: Dim;
  /** A mask of zeros and ones, fresh at each training step; ones with probability `keep`. */
  mask(name: string, shape: readonly Dim[], keep: number): Value;
  /** What a buffer holds after a training step. */
  moveBuffer(name: string, value: Value): void;
  /** Builds a part under its name, which training may compute again in the backward pass. */
  within?<R>(name: string, build: () => R): R;
}

/** A network: what it takes, what it learns, and its outputs as a function over graph values. */
export interface Network<O extends Outputs = Value> {
  readonly name: string;
  readonly inputs: Readonly<Record<string, InputSpec>>;
  readonly parameters: Readonly<Record<string, ParameterSpec>>;
  /** State that training moves without a gradient. */
  readonly buffers: Readonly<Record<string, ParameterSpec>>;
  build(context: BuildContext): O;
}
