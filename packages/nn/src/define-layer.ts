import { type OptionInput, type OptionSpec, type OptionValues, resolveOptions } from "@athanor/core";
import type { Dim, Value } from "@athanor/onnx";
import type { BuildContext, ParameterSpec } from "./network.ts";

type Specs = Readonly<Record<string, ParameterSpec>>;

export interface Surroundings<S extends OptionSpec> {
  readonly options: OptionValues<S>;
  /** Shape of the input, the batch axis first. */
  readonly shape: readonly Dim[];
}

/** Values beside the input that some layers look at: lengths, masks, memory. */
export type Extras = Readonly<Record<string, Value | undefined>>;

export interface LayerContext<S extends OptionSpec, P extends Specs, B extends Specs>
  extends Pick<BuildContext, "g" | "isTraining" | "mask"> {
  readonly x: Value;
  readonly extras: Extras;
  readonly options: OptionValues<S>;
  readonly parameters: { readonly [K in keyof P]: Value };
  readonly buffers: { readonly [K in keyof B]: Value };
  moveBuffer(name: keyof B & string, value: Value): void;
}

export interface LayerDefinition<S extends OptionSpec, P extends Specs, B extends Specs> {
  readonly name: string;
  readonly options: S;
  readonly parameters?: (surroundings: Surroundings<S>) => P;
  readonly buffers?: (surroundings: Surroundings<S>) => B;
  build(context: LayerContext<S, P, B>): Value;
}

/** A layer with its options: what it learns for an input of a shape, and its output. */
export interface Layer {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
  parameters(shape: readonly Dim[]): Specs;
  buffers(shape: readonly Dim[]): Specs;
  build(context: LayerContext<OptionSpec, Specs, Specs>): Value;
}

/** Declares a layer; the result is its factory. */
export function defineLayer<
  const S extends OptionSpec,
  P extends Specs = Record<never, never>,
  B extends Specs = Record<never, never>,
>(definition: LayerDefinition<S, P, B>) {
  return (input: OptionInput<S>): Layer => {
    const options = resolveOptions(definition.name, definition.options, input);
    return {
      name: definition.name,
      options,
      parameters: (shape) => definition.parameters?.({ options, shape }) ?? {},
      buffers: (shape) => definition.buffers?.({ options, shape }) ?? {},
      build: (context) => definition.build({ ...context, options } as unknown as LayerContext<S, P, B>),
    };
  };
}

/** A known length of an axis, counted from the end when negative. */
export const lengthOf = (shape: readonly Dim[], axis: number): number => Number(shape.at(axis));
