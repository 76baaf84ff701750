import {
  AthanorError,
  float32,
  type OptionInput,
  type OptionSpec,
  type OptionValues,
  Random,
  resolveOptions,
} from "@athanor/core";
import type { GraphBuilder, Value } from "@athanor/onnx";
import { type FitContext, type FitWork, platformOptions } from "./define-classifier.ts";
import { checkLength, checkMatrix, type Matrix } from "./matrix.ts";
import { finiteNumbers, isLabels, type Target } from "./target.ts";

/** What was said of the samples; empty unless a transformer learns from it. */
export interface Taught {
  /** Class numbers; empty where numbers are to be predicted. */
  readonly y: Int32Array;
  /** How many classes; 0 where numbers are to be predicted. */
  readonly classes: number;
  readonly labels: readonly string[];
  /** Numbers to predict; empty where there are classes. */
  readonly numbers: Float64Array;
}

export interface TransformerDefinition<S extends OptionSpec, State> {
  readonly name: string;
  readonly options: S;
  /** Whether a feature may be NaN, which stands for a missing value. */
  readonly allowsMissing?: boolean;
  /** Whether it learns from labels, which fitting then has to be given; `any` when numbers will do as well. */
  readonly supervised?: boolean | "any";
  /** The state is plain data. */
  fit(context: FitContext<S> & Taught): State | Promise<State>;
  /** What the samples that it was fitted on become, where that differs from `transform`: what learns from labels must not tell a sample its own. */
  readonly trained?: (context: FitContext<S> & Taught, state: State) => Float32Array;
  /** `[samples, outputs]`, row by row. */
  transform(x: Matrix, state: State): Float32Array;
  /** From float32 `[batch, features]` to float32 `[batch, outputs]`. */
  toOnnx(g: GraphBuilder, x: Value, state: State): Value;
  /** Names of the outputs, given those of the features. */
  featureNames(names: readonly string[], state: State): readonly string[];
}

/** A fitted transformer: it turns features into others, and becomes an ONNX graph. */
export interface Transformer<State = unknown> {
  readonly kind: "transformer";
  readonly name: string;
  /** Columns it takes. */
  readonly features: number;
  /** Columns it gives. */
  readonly outputs: number;
  readonly state: State;
  /** @throws `ml/empty`, `ml/not-finite`, `ml/width-mismatch` */
  transform(x: Matrix): Matrix;
  toOnnx(g: GraphBuilder, x: Value): Value;
  /** Names of its outputs; features are `x0`, `x1`, … unless named. */
  featureNames(names?: readonly string[]): readonly string[];
}

/** A transformer with its options, before it has seen data. */
export interface TransformerEstimator<State = unknown> {
  readonly kind: "transformer";
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly allowsMissing: boolean;
  readonly supervised: boolean;
  /** @throws `ml/empty`, `ml/not-finite`, `ml/length-mismatch`, `ml/no-labels` */
  fit(x: Matrix, target?: Target, work?: FitWork): Promise<Transformer<State>>;
  /** Fits it and transforms the samples that it was fitted on. */
  fitTransform(
    x: Matrix,
    target?: Target,
    work?: FitWork,
  ): Promise<{ readonly model: Transformer<State>; readonly features: Matrix }>;
  /** Puts a state, such as one read from a file, to use again. */
  restore(state: State, features: number): Transformer<State>;
}

/** Declares a transformer; the result is its factory. */
export function defineTransformer<const S extends OptionSpec, State>(definition: TransformerDefinition<S, State>) {
  const { name, allowsMissing = false, supervised = false } = definition;
  const spec = { ...definition.options, ...platformOptions };
  const make = (
    input: OptionInput<S> & OptionInput<typeof platformOptions> = {} as never,
  ): TransformerEstimator<State> => {
    const { seed, ...options } = resolveOptions(name, spec, input) as OptionValues<S> & { seed: number };
    const restore = (state: State, features: number): Transformer<State> => {
      const unnamed = Array.from({ length: features }, (_, j) => `x${j}`);
      const outputs = definition.featureNames(unnamed, state).length;
      return {
        kind: "transformer",
        name,
        features,
        outputs,
        state,
        transform(x) {
          checkMatrix(name, x, { width: features, allowsMissing });
          return float32(definition.transform(x, state), [x.shape[0]!, outputs]);
        },
        toOnnx: (g, x) => definition.toOnnx(g, x, state),
        featureNames: (names = unnamed) => definition.featureNames(names, state),
      };
    };
    const fitOn = async (x: Matrix, target: Target | undefined, work: FitWork) => {
      checkMatrix(name, x, { allowsMissing });
      if (target) checkLength(name, x, target.length);
      const taught = taughtBy(name, target, supervised);
      const random = Random.from(seed);
      const context = { ...work, ...taught, x, options: options as never, random };
      const state = await definition.fit(context);
      return { context, state, model: restore(state, x.shape[1]!) };
    };
    return {
      kind: "transformer",
      name,
      options: { ...options, seed },
      allowsMissing,
      supervised: supervised !== false,
      restore,
      fit: async (x, target, work = {}) => (await fitOn(x, target, work)).model,
      async fitTransform(x, target, work = {}) {
        const { context, state, model } = await fitOn(x, target, work);
        const trained = definition.trained?.(context, state);
        return { model, features: trained ? float32(trained, [x.shape[0]!, model.outputs]) : model.transform(x) };
      },
    };
  };
  return Object.assign(make, { definition: { name, kind: "transformer" as const, options: spec } });
}

function taughtBy(name: string, target: Target | undefined, supervised: boolean | "any"): Taught {
  const nothing = { y: new Int32Array(), classes: 0, labels: [], numbers: new Float64Array() };
  if (supervised === false) return nothing;
  if (target && target.length > 0 && !isLabels(target) && supervised === "any")
    return { ...nothing, numbers: finiteNumbers(name, target) };
  if (!target || !isLabels(target))
    throw new AthanorError(
      "ml/no-labels",
      `${name}: expected a label a sample, got ${target ? "numbers to predict" : "none"}`,
      { fix: "Give the labels to learn from, or use a transformer that looks at features alone." },
    );
  const classes = [...new Set(target)].sort();
  const places = new Map(classes.map((label, i) => [label, i]));
  return {
    ...nothing,
    y: Int32Array.from(target, (label) => places.get(label)!),
    classes: classes.length,
    labels: target,
  };
}
