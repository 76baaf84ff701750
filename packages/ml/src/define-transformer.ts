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

export interface TransformerDefinition<S extends OptionSpec, State> {
  readonly name: string;
  readonly options: S;
  /** Whether a feature may be NaN, which stands for a missing value. */
  readonly allowsMissing?: boolean;
  /** Whether it learns from labels, which fitting then has to be given. */
  readonly supervised?: boolean;
  /** Class numbers are empty unless it learns from labels; the state is plain data. */
  fit(context: FitContext<S> & { readonly y: Int32Array; readonly classes: number }): State | Promise<State>;
  /** What the samples that it was fitted on become, where that differs from `transform`: what learns from labels must not tell a sample its own. */
  readonly trained?: (
    context: FitContext<S> & { readonly y: Int32Array; readonly classes: number },
    state: State,
  ) => Float32Array;
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
  fit(x: Matrix, labels?: readonly string[], work?: FitWork): Promise<Transformer<State>>;
  /** Fits it and transforms the samples that it was fitted on. */
  fitTransform(
    x: Matrix,
    labels?: readonly string[],
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
    const fitOn = async (x: Matrix, labels: readonly string[] | undefined, work: FitWork) => {
      checkMatrix(name, x, { allowsMissing });
      if (labels) checkLength(name, x, labels.length);
      if (supervised && !labels)
        throw new AthanorError("ml/no-labels", `${name}: expected a label a sample, got none`, {
          fix: "Give the labels to learn from, or use a transformer that looks at features alone.",
        });
      const classes = supervised ? [...new Set(labels)].sort() : [];
      const numbers = new Map(classes.map((label, i) => [label, i]));
      const y = Int32Array.from(supervised ? labels! : [], (label) => numbers.get(label)!);
      const random = Random.from(seed);
      const context = { ...work, x, y, classes: classes.length, options: options as never, random };
      const state = await definition.fit(context);
      return { context, state, model: restore(state, x.shape[1]!) };
    };
    return {
      kind: "transformer",
      name,
      options: { ...options, seed },
      allowsMissing,
      supervised,
      restore,
      fit: async (x, labels, work = {}) => (await fitOn(x, labels, work)).model,
      async fitTransform(x, labels, work = {}) {
        const { context, state, model } = await fitOn(x, labels, work);
        const trained = definition.trained?.(context, state);
        return { model, features: trained ? float32(trained, [x.shape[0]!, model.outputs]) : model.transform(x) };
      },
    };
  };
  return Object.assign(make, { definition: { name, kind: "transformer" as const, options: spec } });
}
