import { AthanorError } from "@athanor/core";

/**
 * The place of a label among the classes.
 *
 * @throws `task/unknown-class` for a label that is not among them
 */
export function classNumber(label: string, classes: readonly string[]): number {
  const number = classes.indexOf(label);
  if (number >= 0) return number;
  throw new AthanorError(
    "task/unknown-class",
    `Learn: expected one of the classes ${classes.join(", ")}, got ${label}`,
    {
      fix: "Add examples of the class to what is learned from, or remove it.",
      details: { label, classes },
    },
  );
}
