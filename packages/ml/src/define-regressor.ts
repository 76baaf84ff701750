import { type OptionInput, type OptionSpec, type OptionValues, Random, resolveOptions } from "@athanor/core";
import type { GraphBuilder, Value } from "@athanor/onnx";
import { type FitContext, type FitSettings, platformOptions } from "./define-classifier.ts";
import { checkLength, checkMatrix, type Matrix } from "./matrix.ts";
import type { RecipeStep } from "./recipe-step.ts";
import { weighed } from "./sample-weight.ts";
import { finiteNumbers } from "./target.ts";

export interface RegressorContext<S extends OptionSpec> extends FitContext<S> {
  readonly y: Float64Array;
  /** By sample, above 0. */
  readonly weights: Float64Array;
}

export interface RegressorDefinition<S extends OptionSpec, State> {
  readonly name: string;
  readonly options: S;
  /** Whether a feature may be NaN, which stands for a missing value. */
  readonly allowsMissing?: boolean;
  /** Whether samples may count differently: fitting then looks at `weights`. */
  readonly weighs?: boolean;
  /** The state is plain data. */
  fit(context: RegressorContext<S>): State | Promise<State>;
  predict(x: Matrix, state: State): Float64Array;
  /** From float32 `[batch, features]` to float32 `[batch, 1]`. */
  toOnnx(g: GraphBuilder, x: Value, state: State): Value;
  readonly importances?: (state: State) => readonly number[];
}

/** A fitted regressor: it predicts, and becomes an ONNX graph. */
export interface Regressor<State = unknown> {
  readonly kind: "regressor";
  readonly name: string;
  readonly features: number;
  readonly state: State;
  predict(x: Matrix): Float64Array;
  toOnnx(g: GraphBuilder, x: Value): Value;
  readonly importances?: readonly number[];
}

/** A regressor with its options, before it has seen data. */
export interface RegressorEstimator<State = unknown> {
  readonly kind: "regressor";
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** Of a pipeline: what it is made of. */
  readonly steps?: readonly RecipeStep[];
  readonly allowsMissing: boolean;
  /** Whether samples may count differently. */
  readonly weighs: boolean;
  /** @throws `ml/empty`, `ml/not-finite`, `ml/length-mismatch`, `ml/no-weights`, `ml/weights` */
  fit(x: Matrix, y: ArrayLike<number>, settings?: FitSettings): Promise<Regressor<State>>;
  /** The same with other random draws. */
  withSeed(seed: number): RegressorEstimator<State>;
  restore(state: State, features: number): Regressor<State>;
}

/** Declares a regressor; the result is its factory. */
export function defineRegressor<const S extends OptionSpec, State>(definition: RegressorDefinition<S, State>) {
  const { name, allowsMissing = false, weighs = false } = definition;
  const spec = { ...definition.options, ...platformOptions };
  const make = (
    input: OptionInput<S> & OptionInput<typeof platformOptions> = {} as never,
  ): RegressorEstimator<State> => {
    const { seed, ...options } = resolveOptions(name, spec, input) as OptionValues<S> & { seed: number };
    const restore = (state: State, features: number): Regressor<State> => ({
      kind: "regressor",
      name,
      features,
      state,
      predict(x) {
        checkMatrix(name, x, { width: features, allowsMissing });
        return definition.predict(x, state);
      },
      toOnnx: (g, x) => definition.toOnnx(g, x, state),
      ...(definition.importances ? { importances: definition.importances(state) } : {}),
    });
    return {
      kind: "regressor",
      name,
      options: { ...options, seed },
      allowsMissing,
      weighs,
      withSeed: (other) => make({ ...input, seed: other }),
      restore,
      async fit(samples, numbers, { sampleWeight, ...work } = {}) {
        checkMatrix(name, samples, { allowsMissing });
        checkLength(name, samples, numbers.length);
        const { x, targets, weights } = weighed(name, samples, numbers, sampleWeight, weighs);
        const y = finiteNumbers(name, targets);
        const state = await definition.fit({
          ...work,
          x,
          y,
          weights,
          options: options as never,
          random: Random.from(seed),
        });
        return restore(state, x.shape[1]!);
      },
    };
  };
  return Object.assign(make, { definition: { name, kind: "regressor" as const, options: spec } });
}
