import {
  AthanorError,
  integer,
  type LongWork,
  type OptionInput,
  type OptionSpec,
  type OptionValues,
  Random,
  resolveOptions,
} from "@athanor/core";
import type { GraphBuilder, Value } from "@athanor/onnx";
import { checkLength, checkMatrix, type Matrix } from "./matrix.ts";
import type { RecipeStep } from "./recipe-step.ts";
import { classWeightsOf, weighed } from "./sample-weight.ts";

export const platformOptions = { seed: integer(0, "seed of every random draw", { min: 0 }) };
type Platform = typeof platformOptions;

/** What the user writes to make an estimator. */
export type EstimatorInput<S extends OptionSpec> = OptionInput<S> & OptionInput<Platform>;

/** What fitting takes besides data. */
export interface FitWork extends LongWork {
  /** Threads at most, all that there are when left out; with one, the calling thread does the work itself. */
  readonly threads?: number | undefined;
}

/** What fitting an estimator takes besides samples and targets. */
export interface FitSettings extends FitWork {
  /** How much each sample counts: one of weight 2 as two like it, one of weight 0 as none. */
  readonly sampleWeight?: ArrayLike<number> | undefined;
}

export interface FitContext<S extends OptionSpec> extends FitWork {
  readonly x: Matrix;
  readonly options: OptionValues<S>;
  readonly random: Random;
}

export interface ClassifierContext<S extends OptionSpec> extends FitContext<S> {
  readonly y: Int32Array;
  readonly classes: number;
  /** By sample, above 0, that of its class included. */
  readonly weights: Float64Array;
  /** By class: what `classWeight` makes its samples count. */
  readonly classWeights: Float64Array;
}

export interface ClassifierDefinition<S extends OptionSpec, State> {
  readonly name: string;
  readonly options: S;
  /** Whether a feature may be NaN, which stands for a missing value. */
  readonly allowsMissing?: boolean;
  /** Whether samples may count differently: fitting then looks at `weights`. */
  readonly weighs?: boolean;
  /** Labels come as class numbers below `classes`; the state is plain data. */
  fit(context: ClassifierContext<S>): State | Promise<State>;
  /** `[samples, classes]` */
  probabilities(x: Matrix, state: State, classes: number): Float64Array;
  /** From float32 `[batch, features]` to the labels' probabilities, float32 `[batch, classes]`. */
  toOnnx(g: GraphBuilder, x: Value, state: State, labels: readonly string[]): Value;
  readonly importances?: (state: State) => readonly number[];
}

/** What fitting gives: plain state with what can be asked of it. */
export interface Classifier<State = unknown> {
  readonly kind: "classifier";
  readonly name: string;
  readonly labels: readonly string[];
  readonly features: number;
  readonly state: State;
  /** `[samples, classes]`, the classes in the order of `labels`. */
  predictProbabilities(x: Matrix): Float64Array;
  predict(x: Matrix): string[];
  toOnnx(g: GraphBuilder, x: Value): { readonly label: Value; readonly probabilities: Value };
  /** Share of the fit that each feature stands for; absent where the estimator has no such notion. */
  readonly importances?: readonly number[];
}

/** A classifier with its options, before it has seen data. */
export interface ClassifierEstimator<State = unknown> {
  readonly kind: "classifier";
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** Of a pipeline: what it is made of. */
  readonly steps?: readonly RecipeStep[];
  readonly allowsMissing: boolean;
  /** Whether samples may count differently. */
  readonly weighs: boolean;
  /** @throws `ml/empty`, `ml/not-finite`, `ml/length-mismatch`, `ml/one-class`, `ml/no-weights`, `ml/weights` */
  fit(x: Matrix, labels: readonly string[], settings?: FitSettings): Promise<Classifier<State>>;
  /** The same with other random draws. */
  withSeed(seed: number): ClassifierEstimator<State>;
  /** Puts a state, such as one read from a file, to use again. */
  restore(state: State, labels: readonly string[], features: number): Classifier<State>;
}

/** Declares a classifier; the result is its factory. */
export function defineClassifier<const S extends OptionSpec, State>(definition: ClassifierDefinition<S, State>) {
  const { name, allowsMissing = false, weighs = false } = definition;
  const spec = { ...definition.options, ...platformOptions };
  const make = (input: EstimatorInput<S> = {} as never): ClassifierEstimator<State> => {
    const { seed, ...options } = resolveOptions(name, spec, input) as OptionValues<S> & { seed: number };
    const restore = (state: State, labels: readonly string[], features: number): Classifier<State> => {
      const predictProbabilities = (x: Matrix) => {
        checkMatrix(name, x, { width: features, allowsMissing });
        return definition.probabilities(x, state, labels.length);
      };
      return {
        kind: "classifier",
        name,
        labels,
        features,
        state,
        predictProbabilities,
        predict: (x) => bestLabels(predictProbabilities(x), labels),
        toOnnx(g, x) {
          const probabilities = definition.toOnnx(g, x, state, labels);
          return { probabilities, label: labelToOnnx(g, probabilities, labels) };
        },
        ...(definition.importances ? { importances: definition.importances(state) } : {}),
      };
    };
    return {
      kind: "classifier",
      name,
      options: { ...options, seed },
      allowsMissing,
      weighs,
      withSeed: (other) => make({ ...input, seed: other }),
      restore,
      async fit(samples, labels, { sampleWeight, ...work } = {}) {
        checkMatrix(name, samples, { allowsMissing });
        checkLength(name, samples, labels.length);
        const { x, targets, weights } = weighed(name, samples, labels, sampleWeight, weighs);
        const classes = [...new Set(targets)].sort();
        if (classes.length < 2) {
          throw new AthanorError("ml/one-class", `${name}: expected at least two classes, got only ${classes[0]}`, {
            fix: "Give samples of every class.",
            details: { classes },
          });
        }
        const numbers = new Map(classes.map((label, i) => [label, i]));
        const y = Int32Array.from(targets, (label) => numbers.get(label)!);
        const classWeights = classWeightsOf(y, weights, classes.length, options["classWeight" as never]);
        const state = await definition.fit({
          ...work,
          x,
          y,
          classes: classes.length,
          weights: weights.map((weight, row) => weight * classWeights[y[row]!]!),
          classWeights,
          options: options as never,
          random: Random.from(seed),
        });
        return restore(state, classes, x.shape[1]!);
      },
    };
  };
  return Object.assign(make, { definition: { name, kind: "classifier" as const, options: spec } });
}

/** The label of the highest probability in each row; the first of equal ones. */
export function bestLabels(probabilities: Float64Array, labels: readonly string[]): string[] {
  return Array.from({ length: probabilities.length / labels.length }, (_, row) => {
    let best = 0;
    for (let k = 1; k < labels.length; k++)
      if (probabilities[row * labels.length + k]! > probabilities[row * labels.length + best]!) best = k;
    return labels[best]!;
  });
}

/** The label of the highest score in each row as operators. */
export const labelToOnnx = (g: GraphBuilder, probabilities: Value, labels: readonly string[]): Value =>
  g.op(
    "LabelEncoder",
    [g.op("ArgMax", [probabilities], { axis: 1, keepdims: 0 })],
    { keys_int64s: labels.map((_, i) => i), values_strings: labels },
    { domain: "ai.onnx.ml" },
  );
