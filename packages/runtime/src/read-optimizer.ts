import { pauses } from "@athanor/core";
import type { InitialState } from "./optimizer.ts";
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

/** Asks the optimizer once for each parameter: slots may be as large as what they belong to. */
export async function readOptimizer({
  parameters,
  optimizer,
}: Pick<StepDefinition, "parameters" | "optimizer">): Promise<ParameterPlans> {
  const pause = pauses();
  const plans: Record<string, ParameterPlan> = {};
  const programs = new Map<string | undefined, ElementwiseProgram | undefined>();
  for (const [name, { shape }] of Object.entries(parameters)) {
    const slots = optimizer.slots({ name, shape });
    const program = elementwiseProgram(optimizer, { name, shape, slots });
    const text = program && programText(program);
    programs.set(text, programs.get(text) ?? program);
    plans[name] = { slots, program: programs.get(text) };
    await pause();
  }
  return plans;
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
