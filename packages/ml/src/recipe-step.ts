/** An estimator or a transformer by name and options: plain data. */
export interface RecipeStep {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** How an estimator or a pipeline is made again, transformers first: plain data that crosses threads and files. */
export const recipeOf = ({
  name,
  options,
  steps,
}: RecipeStep & { readonly steps?: readonly RecipeStep[] }): readonly RecipeStep[] => steps ?? [{ name, options }];
