import { AthanorError, nearestName } from "@athanor/core";
import type { Step } from "./step.ts";

/**
 * Returns the steps so that each comes after what it needs, only those that `wanted` need (all when it is empty).
 *
 * @throws `pipeline/unknown-step` when a wanted step does not exist, `config/cycle` when steps need each other
 */
export function orderSteps(steps: readonly Step[], wanted: readonly string[] = []): readonly Step[] {
  const byName = new Map(steps.map((step) => [step.name, step]));
  const ordered: Step[] = [];
  const state = new Map<string, "open" | "done">();

  const visit = (name: string, path: readonly string[]): void => {
    if (state.get(name) === "done") return;
    if (state.get(name) === "open") {
      const cycle = [...path.slice(path.indexOf(name)), name].join(" → ");
      throw new AthanorError(
        "config/cycle",
        `Configuration: expected steps that do not need each other, got ${cycle}`,
        {
          fix: "Remove one of the references.",
          details: { cycle },
        },
      );
    }
    const step = byName.get(name)!;
    state.set(name, "open");
    for (const need of step.needs) visit(need, [...path, name]);
    state.set(name, "done");
    ordered.push(step);
  };

  for (const name of expand(wanted, [...byName.keys()])) visit(name, []);
  return ordered;
}

/** A wanted name is a step (`train:churn`) or stands for all steps of that kind or name (`train`, `churn`). */
function expand(wanted: readonly string[], names: readonly string[]): readonly string[] {
  if (wanted.length === 0) return names;
  return wanted.flatMap((want) => {
    const matches = names.filter((name) => name === want || name.split(":").includes(want));
    if (matches.length === 0) {
      const near = nearestName(want, names) ?? names[0];
      throw new AthanorError("pipeline/unknown-step", `learn: expected a step, got ${want}`, {
        fix: `Name one of ${names.join(", ")}${near ? `; ${near} is the nearest` : ""}.`,
        details: { step: want, known: names },
      });
    }
    return matches;
  });
}
