import { AthanorError } from "@athanor/core";

/** A label or a number a sample. */
export type Target = readonly string[] | ArrayLike<number>;

export const isLabels = (target: Target): target is readonly string[] => typeof target[0] === "string";

/** @throws `ml/not-finite` */
export function finiteNumbers(owner: string, targets: ArrayLike<number>): Float64Array {
  const numbers = Float64Array.from(targets);
  const broken = numbers.findIndex((value) => !Number.isFinite(value));
  if (broken < 0) return numbers;
  throw new AthanorError(
    "ml/not-finite",
    `${owner}: expected finite targets, got ${numbers[broken]} in row ${broken + 1}`,
    { fix: "Remove samples without a target." },
  );
}
