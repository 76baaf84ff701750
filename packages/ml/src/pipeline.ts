import type { GraphBuilder, Value } from "@athanor/onnx";
import { bestLabels, type Classifier, type ClassifierEstimator, type FitWork } from "./define-classifier.ts";
import type { Regressor, RegressorEstimator } from "./define-regressor.ts";
import type { Transformer, TransformerEstimator } from "./define-transformer.ts";
import { checkLength, checkMatrix, type Matrix } from "./matrix.ts";
import { weighed } from "./sample-weight.ts";
import type { Target } from "./target.ts";

/** The states of a pipeline's steps, in order. */
export interface PipelineState {
  readonly steps: readonly unknown[];
}

/** Transformers in a row and the estimator that learns from what comes out; fitted, stored and exported as one. */
export function pipeline(
  steps: readonly [...TransformerEstimator[], ClassifierEstimator],
): ClassifierEstimator<PipelineState>;
export function pipeline(
  steps: readonly [...TransformerEstimator[], RegressorEstimator],
): RegressorEstimator<PipelineState>;
export function pipeline(
  steps: readonly [...TransformerEstimator[], ClassifierEstimator | RegressorEstimator],
): ClassifierEstimator<PipelineState> | RegressorEstimator<PipelineState> {
  const transformers = steps.slice(0, -1) as readonly TransformerEstimator[];
  const last = steps.at(-1) as ClassifierEstimator | RegressorEstimator;
  const named = {
    name: "pipeline",
    options: Object.fromEntries(steps.map(({ name, options }, i) => [`${i + 1} ${name}`, options])),
    steps: steps.map(({ name, options }) => ({ name, options })),
    allowsMissing: steps[0]!.allowsMissing,
    weighs: last.weighs,
  };
  const restoreChain = ({ steps: states }: PipelineState, features: number): readonly Transformer[] => {
    let width = features;
    return transformers.map((transformer, i) => {
      const fitted = transformer.restore(states[i], width);
      width = fitted.outputs;
      return fitted;
    });
  };
  if (last.kind === "classifier") {
    const restore = (state: PipelineState, labels: readonly string[], features: number) => {
      const chain = restoreChain(state, features);
      return classifier(chain, last.restore(state.steps.at(-1), labels, widthOf(chain, features)), features);
    };
    return {
      ...named,
      kind: "classifier",
      withSeed: (seed) => pipeline([...transformers, last.withSeed(seed)]),
      restore,
      async fit(x, labels, settings = {}) {
        checkMatrix("pipeline", x, named);
        checkLength("pipeline", x, labels.length);
        const { sampleWeight, ...work } = settings;
        const kept = weighed("pipeline", x, labels, sampleWeight, last.weighs);
        const { chain, features } = await fitChain(transformers, kept.x, kept.targets, work);
        const own = sampleWeight ? { ...work, sampleWeight: kept.weights } : work;
        return classifier(chain, await last.fit(features, kept.targets, own), x.shape[1]!);
      },
    };
  }
  return {
    ...named,
    kind: "regressor",
    withSeed: (seed) => pipeline([...transformers, last.withSeed(seed)]),
    restore(state, features) {
      const chain = restoreChain(state, features);
      return regressor(chain, last.restore(state.steps.at(-1), widthOf(chain, features)), features);
    },
    async fit(x, y, settings = {}) {
      checkMatrix("pipeline", x, named);
      checkLength("pipeline", x, y.length);
      const { sampleWeight, ...work } = settings;
      const kept = weighed("pipeline", x, y, sampleWeight, last.weighs);
      const { chain, features } = await fitChain(transformers, kept.x, kept.targets, work);
      const own = sampleWeight ? { ...work, sampleWeight: kept.weights } : work;
      return regressor(chain, await last.fit(features, kept.targets, own), x.shape[1]!);
    },
  };
}

async function fitChain(
  transformers: readonly TransformerEstimator[],
  x: Matrix,
  target: Target,
  work: FitWork | undefined,
) {
  const chain: Transformer[] = [];
  let features = x;
  for (const transformer of transformers) {
    const fitted = await transformer.fitTransform(features, target, work);
    features = fitted.features;
    chain.push(fitted.model);
  }
  return { chain, features };
}

const widthOf = (chain: readonly Transformer[], features: number) => chain.at(-1)?.outputs ?? features;
const through = (chain: readonly Transformer[], x: Matrix) => chain.reduce((each, step) => step.transform(each), x);
const throughGraph = (chain: readonly Transformer[], g: GraphBuilder, x: Value) =>
  chain.reduce((each, step) => step.toOnnx(g, each), x);
const stateOf = (chain: readonly Transformer[], last: { readonly state: unknown }): PipelineState => ({
  steps: [...chain.map(({ state }) => state), last.state],
});

function classifier(chain: readonly Transformer[], last: Classifier, features: number): Classifier<PipelineState> {
  const predictProbabilities = (x: Matrix) => last.predictProbabilities(through(chain, x));
  return {
    kind: "classifier",
    name: "pipeline",
    labels: last.labels,
    features,
    state: stateOf(chain, last),
    predictProbabilities,
    predict: (x) => bestLabels(predictProbabilities(x), last.labels),
    toOnnx: (g, x) => last.toOnnx(g, throughGraph(chain, g, x)),
  };
}

const regressor = (chain: readonly Transformer[], last: Regressor, features: number): Regressor<PipelineState> => ({
  kind: "regressor",
  name: "pipeline",
  features,
  state: stateOf(chain, last),
  predict: (x) => last.predict(through(chain, x)),
  toOnnx: (g, x) => last.toOnnx(g, throughGraph(chain, g, x)),
});
