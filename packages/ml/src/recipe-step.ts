/** An estimator or a transformer by name and options: plain data. */
export interface RecipeStep {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
}
