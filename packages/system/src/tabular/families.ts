import { AthanorError } from "@athanor/core";
import {
  c45Classifier,
  columnTransformer,
  decisionTreeClassifier,
  decisionTreeRegressor,
  extraTreesClassifier,
  extraTreesRegressor,
  histGradientBoostingClassifier,
  histGradientBoostingRegressor,
  keep,
  kNeighborsClassifier,
  kNeighborsRegressor,
  logisticRegression,
  oneHotEncoder,
  ordinalEncoder,
  randomForestClassifier,
  randomForestRegressor,
  ridge,
  type SearchSpace,
  type SpaceStep,
  simpleImputer,
  standardScaler,
  step,
  svc,
} from "@athanor/ml";

/** What the features of a table are. */
export interface FeatureKinds {
  readonly samples: number;
  readonly features: number;
  /** Numbers of those that are categories. */
  readonly categorical: readonly number[];
}

type Family = (kinds: FeatureKinds, isTuned: boolean) => readonly SpaceStep[];

/** Settings that vary when a search is asked for, and otherwise stay at their defaults. */
const tuned = <T extends object>(isTuned: boolean, ranges: T): T | Record<never, never> => (isTuned ? ranges : {});

const numericOf = ({ features, categorical }: FeatureKinds): readonly number[] =>
  Array.from({ length: features }, (_, i) => i).filter((i) => !categorical.includes(i));

/** Numbers imputed and standardised, categories one column a value: for what measures distances. */
const measured = (kinds: FeatureKinds): SpaceStep =>
  keep(
    columnTransformer([
      { columns: numericOf(kinds), with: [simpleImputer({ strategy: "median" }), standardScaler()] },
      { columns: kinds.categorical, with: [oneHotEncoder()] },
    ]),
  );

/** Numbers imputed, categories numbered: for what splits. */
const filled = (kinds: FeatureKinds): SpaceStep =>
  keep(
    columnTransformer([
      { columns: numericOf(kinds), with: [simpleImputer({ strategy: "median" })] },
      { columns: kinds.categorical, with: [ordinalEncoder()] },
    ]),
  );

/** Of many rows some are set aside to stop by; of few that would be too few to tell, and rounds are drawn instead. */
const boostingRanges = (samples: number) =>
  samples < enoughToStopBy
    ? ({
        maxIter: { min: 20, max: 300, scale: "log" },
        learningRate: { min: 0.02, max: 0.2, scale: "log" },
        maxLeaves: { min: 3, max: 24, scale: "log" },
        minSamplesLeaf: { min: 3, max: 40, scale: "log" },
        l2: { min: 0.1, max: 30, scale: "log" },
      } as const)
    : ({
        earlyStopping: true,
        maxIter: 1000,
        patience: 20,
        learningRate: { min: 0.03, max: 0.2, scale: "log" },
        maxLeaves: { min: 7, max: 127, scale: "log" },
        minSamplesLeaf: { min: 2, max: 60, scale: "log" },
        l2: { min: 0.001, max: 10, scale: "log" },
      } as const);
const enoughToStopBy = 5000;
const forestRanges = { nTrees: 200, minSamplesLeaf: { min: 1, max: 12, scale: "log" } } as const;
const neighborRanges = {
  nNeighbors: { min: 1, max: 60, scale: "log" },
  weights: { values: ["uniform", "distance"] },
} as const;
const svmRanges = { c: { min: 0.3, max: 100 }, gamma: { min: 0.003, max: 0.5, scale: "log" } } as const;
const treeDefaults = { maxDepth: 6, minSamplesLeaf: 10 };
const treeRanges = { maxDepth: { min: 2, max: 20 }, minSamplesLeaf: { min: 1, max: 50, scale: "log" } } as const;

const c45Ranges = {
  confidence: { min: 0.01, max: 0.5, scale: "log" },
  minSamplesLeaf: { min: 2, max: 50, scale: "log" },
} as const;

const classifiers = {
  boosting: ({ samples, categorical }, isTuned) => [
    step(histGradientBoostingClassifier, { categorical, ...tuned(isTuned, boostingRanges(samples)) }),
  ],
  forest: (kinds, isTuned) => [
    filled(kinds),
    step(
      randomForestClassifier,
      isTuned ? { ...forestRanges, maxFeatures: { values: ["all", "sqrt"] } } : { minSamplesLeaf: 2 },
    ),
  ],
  extraTrees: (kinds, isTuned) => [
    filled(kinds),
    step(extraTreesClassifier, isTuned ? { ...forestRanges, maxFeatures: { values: ["all", "sqrt"] } } : {}),
  ],
  logistic: (kinds, isTuned) => [
    measured(kinds),
    step(logisticRegression, tuned(isTuned, { c: { min: 1e-3, max: 100 } })),
  ],
  neighbors: (kinds, isTuned) => [measured(kinds), step(kNeighborsClassifier, tuned(isTuned, neighborRanges))],
  svm: (kinds, isTuned) => [measured(kinds), step(svc, tuned(isTuned, svmRanges))],
  c45: ({ categorical }, isTuned) => [step(c45Classifier, { categorical, ...tuned(isTuned, c45Ranges) })],
  tree: (kinds, isTuned) => [filled(kinds), step(decisionTreeClassifier, isTuned ? treeRanges : treeDefaults)],
} satisfies Record<string, Family>;

const regressors = {
  boosting: ({ samples, categorical }, isTuned) => [
    step(histGradientBoostingRegressor, { categorical, ...tuned(isTuned, boostingRanges(samples)) }),
  ],
  forest: (kinds, isTuned) => [
    filled(kinds),
    step(
      randomForestRegressor,
      isTuned ? { ...forestRanges, maxFeatures: { values: ["all", "third"] } } : { minSamplesLeaf: 5 },
    ),
  ],
  extraTrees: (kinds, isTuned) => [
    filled(kinds),
    step(extraTreesRegressor, isTuned ? { ...forestRanges, maxFeatures: { values: ["all", "third"] } } : {}),
  ],
  ridge: (kinds, isTuned) => [
    measured(kinds),
    step(ridge, tuned(isTuned, { alpha: { min: 1e-3, max: 1000, scale: "log" } } as const)),
  ],
  neighbors: (kinds, isTuned) => [measured(kinds), step(kNeighborsRegressor, tuned(isTuned, neighborRanges))],
  tree: (kinds, isTuned) => [filled(kinds), step(decisionTreeRegressor, isTuned ? treeRanges : treeDefaults)],
} satisfies Record<string, Family>;

const families: Readonly<Record<"classes" | "numbers", Readonly<Record<string, Family>>>> = {
  classes: classifiers,
  numbers: regressors,
};

/** Samples beyond which support vectors are left out, unless nothing else is asked for: their time grows with the square. */
const mostForSvm = 15_000;

/** Names of the families that predict classes or numbers. */
export const familyNames = (of: "classes" | "numbers"): readonly string[] => Object.keys(families[of]);

/**
 * The space of the named families: their defaults, or the ranges that a search draws from.
 *
 * @throws `config/unknown-model`
 */
export function spaceOf(
  owner: string,
  of: "classes" | "numbers",
  names: readonly string[],
  kinds: FeatureKinds,
  isTuned: boolean,
): SearchSpace {
  const fast = names.filter((name) => name !== "svm" || kinds.samples <= mostForSvm);
  return Object.fromEntries(
    (fast.length > 0 ? fast : names).map((name) => {
      const family = families[of][name];
      if (family) return [name, family(kinds, isTuned)];
      throw new AthanorError(
        "config/unknown-model",
        `${owner}: expected models among ${familyNames(of).join(", ")}, got ${name}`,
        { fix: "Correct the name.", details: { model: name } },
      );
    }),
  );
}
