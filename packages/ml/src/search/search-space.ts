import { AthanorError, type OptionSpec, type OptionValues, type Random, resolveOptions } from "@athanor/core";
import type { Recipe, RecipeStep } from "../recipe-step.ts";

/** Where the values of an option are drawn from; the scale is the option's own unless given. */
export type Draw<T> =
  | { readonly min: number; readonly max: number; readonly scale?: "linear" | "log" }
  | { readonly values: readonly T[] };

/** By option: a value to keep, or where to draw from. */
export type Settings<S extends OptionSpec> = {
  readonly [K in keyof S]?: OptionValues<S>[K] | Draw<OptionValues<S>[K]>;
};

/** One option that a search varies; positions run from 0 to 1. */
export interface Dimension {
  readonly option: string;
  readonly valueAt: (position: number) => unknown;
  /** Values without an order, of which a position picks one; 0 for a range. */
  readonly choices: number;
}

/** A step of a candidate: what is kept and what varies. */
export interface SpaceStep {
  readonly name: string;
  readonly fixed: Readonly<Record<string, unknown>>;
  readonly dimensions: readonly Dimension[];
}

/** Families of candidates by name: transformers and the estimator, each with its settings. */
export type SearchSpace = Readonly<Record<string, readonly SpaceStep[]>>;

/** A point of a space. */
export interface Candidate {
  readonly family: string;
  /** Of each varied option, in the order of the steps. */
  readonly positions: readonly number[];
  readonly recipe: Recipe;
}

/**
 * Declares a step of a search: an estimator or transformer, and how its options vary.
 *
 * @throws `options/unknown`, `options/invalid` when a kept value or the end of a range is not allowed
 */
export function step<S extends OptionSpec>(
  make: { readonly definition: { readonly name: string; readonly options: S } },
  settings: Settings<NoInfer<S>> = {},
): SpaceStep {
  const { name, options } = make.definition;
  const fixed: Record<string, unknown> = {};
  const dimensions: Dimension[] = [];
  for (const [option, setting] of Object.entries(settings) as [string, unknown][]) {
    if (!isDraw(setting)) {
      fixed[option] = setting;
      continue;
    }
    const dimension = dimensionOf(name, option, setting, options[option] as { kind?: string; scale?: string });
    const ends = "values" in setting ? setting.values : [dimension.valueAt(0), dimension.valueAt(1)];
    for (const value of ends) resolveOptions(name, options, { [option]: value });
    dimensions.push(dimension);
  }
  resolveOptions(name, options, fixed);
  return { name, fixed, dimensions };
}

/** A step of a search that does not vary, such as a column transformer. */
export const keep = ({ name, options }: RecipeStep): SpaceStep => ({ name, fixed: options, dimensions: [] });

const isDraw = (setting: unknown): setting is Draw<unknown> =>
  typeof setting === "object" && setting !== null && !Array.isArray(setting);

function dimensionOf(
  owner: string,
  option: string,
  draw: Draw<unknown>,
  declared: { readonly kind?: string; readonly scale?: string } | undefined,
): Dimension {
  if ("values" in draw) {
    const { values } = draw;
    if (values.length === 0) throw badRange(owner, option, "values to choose from, got none");
    const at = (position: number) => values[Math.min(values.length - 1, Math.floor(position * values.length))];
    return { option, valueAt: at, choices: values.length };
  }
  const { min, max, scale = declared?.scale ?? "linear" } = draw;
  const isLog = scale === "log";
  if (!(min <= max) || (isLog && !(min > 0)))
    throw badRange(owner, option, `${isLog ? "a positive " : "a "}range, got ${min} to ${max}`);
  const isInteger = declared?.kind === "integer";
  const [from, to] = isLog ? [Math.log(min), Math.log(max)] : [min, max];
  return {
    option,
    choices: 0,
    valueAt(position) {
      const place = from + position * (to - from);
      const value = Math.min(max, Math.max(min, isLog ? Math.exp(place) : place));
      return isInteger ? Math.round(value) : Number(value.toPrecision(digits));
    },
  };
}

/** Digits of a drawn number: enough to search by, and fit to be read. */
const digits = 4;

const badRange = (owner: string, option: string, expected: string) =>
  new AthanorError("ml/search-space", `${owner}: expected for ${option} ${expected}`, {
    fix: "Give { min, max } or { values }.",
    details: { option },
  });

/** The candidate of a family at positions. */
export function candidateAt(space: SearchSpace, family: string, positions: readonly number[], seed: number): Candidate {
  let at = 0;
  const recipe = space[family]!.map(({ name, fixed, dimensions }) => ({
    name,
    options: {
      seed,
      ...fixed,
      ...Object.fromEntries(dimensions.map(({ option, valueAt }) => [option, valueAt(positions[at++]!)])),
    },
  }));
  return { family, positions, recipe };
}

/** The varied options of a family, over its steps. */
export const dimensionsOf = (space: SearchSpace, family: string): readonly Dimension[] =>
  space[family]!.flatMap(({ dimensions }) => dimensions);

/** A candidate drawn evenly: first its family, then each option. */
export function drawCandidate(space: SearchSpace, random: Random, seed: number): Candidate {
  const family = random.choice(Object.keys(space));
  const positions = dimensionsOf(space, family).map(() => random.uniform());
  return candidateAt(space, family, positions, seed);
}

/** Of each family the candidate in the middle of all ranges. */
export const middleCandidates = (space: SearchSpace, seed: number): readonly Candidate[] =>
  Object.keys(space).map((family) =>
    candidateAt(
      space,
      family,
      dimensionsOf(space, family).map(() => 0.5),
      seed,
    ),
  );

/** Every combination of values: all choices, and of a range `points` values from end to end. */
export function gridOf(space: SearchSpace, points: number, seed: number): readonly Candidate[] {
  return Object.keys(space).flatMap((family) => {
    let combinations: number[][] = [[]];
    for (const { choices, valueAt } of dimensionsOf(space, family)) {
      const places =
        choices > 0
          ? Array.from({ length: choices }, (_, i) => (i + 0.5) / choices)
          : Array.from({ length: points }, (_, i) => (points === 1 ? 0.5 : i / (points - 1)));
      // Whole numbers of a narrow range fall together.
      const distinct = places.filter((place, i) => places.findIndex((each) => valueAt(each) === valueAt(place)) === i);
      combinations = combinations.flatMap((before) => distinct.map((place) => [...before, place]));
    }
    return combinations.map((positions) => candidateAt(space, family, positions, seed));
  });
}
