import { AthanorError } from "@athanor/core";
import type { ClassifierEstimator } from "../define-classifier.ts";
import type { RegressorEstimator } from "../define-regressor.ts";
import type { TransformerEstimator } from "../define-transformer.ts";
import * as estimators from "../estimators/index.ts";
import { pipeline } from "../pipeline.ts";
import * as preprocessing from "../preprocessing/index.ts";
import type { Recipe, RecipeStep } from "../recipe-step.ts";

/** A classifier or regressor with its options. */
export type Estimator = ClassifierEstimator | RegressorEstimator;

/** Whether other threads can make it: its steps come from this package. */
export const isKnown = (recipe: Recipe): boolean => recipe.every(({ name }) => factories().has(name));

/** @throws `ml/unknown-estimator` */
export function estimatorOf(recipe: Recipe): Estimator {
  const steps = recipe.map(made);
  return steps.length === 1 ? (steps[0] as Estimator) : (pipeline(steps as never) as Estimator);
}

function made({ name, options }: RecipeStep): TransformerEstimator | Estimator {
  const make = factories().get(name);
  if (make) return make(options as never);
  throw new AthanorError("ml/unknown-estimator", `Recipe: expected the name of an estimator, got ${name}`, {
    fix: "Correct the name.",
    details: { name, known: [...factories().keys()] },
  });
}

type Factory = (options: never) => TransformerEstimator | Estimator;
let known: ReadonlyMap<string, Factory> | undefined;

/** Read late, since indexes and this file may load in any order. */
const factories = (): ReadonlyMap<string, Factory> =>
  (known ??= new Map([
    ...[...Object.values(estimators), ...Object.values(preprocessing)]
      .filter((member) => "definition" in member)
      .map((make) => [make.definition.name, factoryOf(make)] as const),
    [preprocessing.columnTransformer.definition.name, columnsOf as Factory],
    ...[preprocessing.selectFromModel, preprocessing.recursiveElimination].map(
      (make) =>
        [
          make.definition.name,
          (({ estimator, ...options }: { readonly estimator: Recipe }) =>
            make(estimatorOf(estimator), options)) as Factory,
        ] as const,
    ),
  ]));

/** Ensembles take estimators, which plain data names by their recipes. */
function factoryOf(make: object & { readonly definition: object }): Factory {
  const factory = make as unknown as Factory;
  if (!("members" in make.definition)) return factory;
  const roles = make.definition.members as readonly string[];
  return (options: Readonly<Record<string, readonly (RecipeStep | Recipe)[]>>) => {
    const revived = roles.map((role) => {
      const given = options[role]!;
      return [role, isRecipe(given) ? estimatorOf(given) : (given as readonly Recipe[]).map(estimatorOf)];
    });
    return factory({ ...options, ...Object.fromEntries(revived) } as never);
  };
}

const isRecipe = (given: readonly (RecipeStep | Recipe)[]): given is Recipe => !Array.isArray(given[0]);

const columnsOf = ({ parts }: { readonly parts: readonly { columns: readonly number[]; steps: Recipe }[] }) =>
  preprocessing.columnTransformer(
    parts.map(({ columns, steps }) => ({ columns, with: steps.map(made) as TransformerEstimator[] })),
  );
