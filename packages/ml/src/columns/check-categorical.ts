import { AthanorError } from "@athanor/core";

/** @throws `ml/feature-option` */
export function checkCategorical(owner: string, categorical: readonly number[], features: number): void {
  const beyond = categorical.find((feature) => feature >= features);
  if (beyond === undefined) return;
  throw new AthanorError(
    "ml/feature-option",
    `${owner}: expected categorical features below ${features}, got ${beyond}`,
    {
      fix: "Count the features from 0.",
      details: { categorical, features },
    },
  );
}
