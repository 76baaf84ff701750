import { pauses } from "@athanor/core";
import type { InitialState, Optimizer } from "./optimizer.ts";
import type { StepDefinition } from "./training-step.ts";
import { type ElementwiseProgram, elementwiseProgram, programText } from "./update/elementwise-program.ts";

/** What an optimizer says of one parameter. */
export interface ParameterPlan {
  /** Initial state. */
  readonly slots: Readonly<Record<string, InitialState>>;
  /** The update as a program over elements, the same object for the same update; without one it is part of a graph. */
  readonly program: ElementwiseProgram | undefined;
}

export type ParameterPlans = Readonly<Record<string, ParameterPlan>>;

/**
 * Asks the optimizer once for each parameter: slots may be as large as what they belong to. Updates that do not ask for the
 * parameter's name are read once for all parameters of a shape.
 */
export async function readOptimizer({
  parameters,
  optimizer,
}: Pick<StepDefinition, "parameters" | "optimizer">): Promise<ParameterPlans> {
  const pause = pauses();
  const plans: Record<string, ParameterPlan> = {};
  const programs = new Map<string | undefined, ElementwiseProgram | undefined>();
  const byShape = new Map<string, ElementwiseProgram | undefined>();
  for (const [name, { shape }] of Object.entries(parameters)) {
    const slots = optimizer.slots({ name, shape });
    const key = JSON.stringify([shape, Object.entries(slots).map(([slot, { shape }]) => [slot, shape])]);
    let program = byShape.get(key);
    if (!byShape.has(key)) {
      const watched = watchName(optimizer);
      const read = elementwiseProgram(watched.optimizer, { name, shape, slots });
      const text = read && programText(read);
      program = programs.get(text) ?? read;
      programs.set(text, program);
      if (!watched.isNameRead()) byShape.set(key, program);
    }
    plans[name] = { slots, program };
    await pause();
  }
  return plans;
}

/** An optimizer of which it is known whether its update has asked for a parameter's name. */
function watchName(optimizer: Optimizer): { readonly optimizer: Optimizer; isNameRead(): boolean } {
  let isRead = false;
  const update: Optimizer["update"] = (g, it) =>
    optimizer.update(g, {
      ...it,
      get name() {
        isRead = true;
        return it.name;
      },
    });
  return {
    optimizer: { name: optimizer.name, slots: (parameter) => optimizer.slots(parameter), update },
    isNameRead: () => isRead,
  };
}

/** Initial values of the states that a graph moves: each is an input `name` and an output `name'`. */
export function statesInGraph(
  { parameters }: Pick<StepDefinition, "parameters">,
  plans: ParameterPlans,
): Readonly<Record<string, InitialState>> {
  return Object.fromEntries(
    Object.entries(plans).flatMap(([name, { slots, program }]) =>
      program
        ? []
        : [
            [name, parameters[name]!] as const,
            ...Object.entries(slots).map(([slot, state]) => [`${name}.${slot}`, state] as const),
          ],
    ),
  );
}
