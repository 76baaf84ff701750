import {
  AthanorError,
  type OptionInput,
  type OptionSpec,
  type OptionValues,
  Random,
  resolveOptions,
} from "@athanor/core";
import type { GraphBuilder, Value } from "@athanor/onnx";
import { type FitContext, type FitWork, platformOptions } from "./define-classifier.ts";
import { checkLength, checkMatrix, type Matrix } from "./matrix.ts";
import type { RecipeStep } from "./recipe-step.ts";

export interface RegressorDefinition<S extends OptionSpec, State> {
  readonly name: string;
  readonly options: S;
  /** Whether a feature may be NaN, which stands for a missing value. */
  readonly allowsMissing?: boolean;
  /** The state is plain data. */
  fit(context: FitContext<S> & { readonly y: Float64Array }): State | Promise<State>;
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
  /** @throws `ml/empty`, `ml/not-finite`, `ml/length-mismatch` */
  fit(x: Matrix, y: ArrayLike<number>, work?: FitWork): Promise<Regressor<State>>;
  restore(state: State, features: number): Regressor<State>;
}

/** Declares a regressor; the result is its factory. */
export function defineRegressor<const S extends OptionSpec, State>(definition: RegressorDefinition<S, State>) {
  const { name, allowsMissing = false } = definition;
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
      restore,
      async fit(x, targets, work = {}) {
        checkMatrix(name, x, { allowsMissing });
        checkLength(name, x, targets.length);
        const y = Float64Array.from(targets);
        const broken = y.findIndex((value) => !Number.isFinite(value));
        if (broken >= 0)
          throw new AthanorError(
            "ml/not-finite",
            `${name}: expected finite targets, got ${y[broken]} in row ${broken + 1}`,
            { fix: "Remove samples without a target." },
          );
        const state = await definition.fit({ ...work, x, y, options: options as never, random: Random.from(seed) });
        return restore(state, x.shape[1]!);
      },
    };
  };
  return Object.assign(make, { definition: { name, kind: "regressor" as const, options: spec } });
}
