import type { Optimizer } from "@athanor/runtime";

/**
 * Keeps a moving average of each parameter, a' = a + (1 − decay)(p' − a) from the first step's parameters on, which is what is
 * evaluated and kept in the end.
 *
 * @see Polyak and Juditsky 1992, "Acceleration of stochastic approximation by averaging"
 */
export const weightAverage = (optimizer: Optimizer, { decay }: { readonly decay: number }): Optimizer => ({
  name: `weightAverage(${decay}, ${optimizer.name})`,
  resultSlot: "average",
  slots: (parameter) => ({ ...optimizer.slots(parameter), average: { shape: parameter.shape } }),
  update(g, it) {
    const { parameter, slots } = optimizer.update(g, it);
    const kept = g.mul(g.min(g.sub(it.step, 1), 1), decay);
    const average = g.add(parameter, g.mul(g.sub(it.slots.average!, parameter), kept));
    return { parameter, slots: { ...slots, average } };
  },
});
