import { AthanorError } from "@athanor/core";
import * as tasks from "../tasks/index.ts";
import type { TaskDefinition } from "./define-task.ts";

const definitions = new Map(
  Object.values(tasks).map(({ definition }) => [definition.name as string, definition as unknown as TaskDefinition]),
);

/** @throws `registry/unknown-definition` when a model was made by a task that this version does not have */
export function taskNamed(name: string): TaskDefinition {
  const definition = definitions.get(name);
  if (definition === undefined) {
    throw new AthanorError(
      "registry/unknown-definition",
      `Registry: expected one of the tasks ${[...definitions.keys()].join(", ")}, got ${name}`,
      {
        fix: "Use the version of Athanor that made the model, or learn again.",
        details: { name },
      },
    );
  }
  return definition;
}
