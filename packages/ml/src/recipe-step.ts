/** An estimator or a transformer by name and options: plain data. */
export interface RecipeStep {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** An estimator as plain data, transformers first: it crosses threads and files. */
export type Recipe = readonly RecipeStep[];

/** How an estimator or a pipeline is made again. */
export const recipeOf = ({ name, options, steps }: RecipeStep & { readonly steps?: Recipe }): Recipe =>
  steps ?? [{ name, options }];
