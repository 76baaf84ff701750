import { Tensor, zeros } from "@athanor/core";
import type { GraphBuilder, Value } from "@athanor/onnx";

/** What an optimizer gets to move one parameter. */
export interface ParameterUpdate {
  readonly name: string;
  readonly parameter: Value;
  readonly gradient: Value;
  readonly slots: Readonly<Record<string, Value>>;
  /** A scalar, fed at each step. */
  readonly learningRate: Value;
  /** The number of the step as a float scalar: 1, 2, … */
  readonly step: Value;
}

/** What a state is before the first step; a tensor is one. */
export interface InitialState {
  readonly shape: readonly number[];
  /** Zeros when left out, which then take no memory until something is written to them. */
  readonly data?: Float32Array;
}

export const tensorOf = ({ shape, data }: InitialState): Tensor<"float32"> =>
  data === undefined ? zeros("float32", shape) : new Tensor("float32", data, shape);

/** How a parameter follows its gradient: initial state, and the update as graph values. */
export interface Optimizer {
  readonly name: string;
  /** The slot that holds what is used in a parameter's place once trained. */
  readonly resultSlot?: string;
  slots(parameter: {
    readonly name: string;
    readonly shape: readonly number[];
  }): Readonly<Record<string, InitialState>>;
  update(
    g: GraphBuilder,
    it: ParameterUpdate,
  ): { readonly parameter: Value; readonly slots: Readonly<Record<string, Value>> };
}
