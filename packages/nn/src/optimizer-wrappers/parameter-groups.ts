import type { Optimizer } from "@athanor/runtime";
import { matches, type NamePattern } from "../name-pattern.ts";

/** Parameters that are moved in a way of their own. */
export interface ParameterGroup {
  /** Which, by name, such as `*.bias` or `block0.*`. */
  readonly names: NamePattern;
  /** How they are moved; as all others when left out. */
  readonly optimizer?: Optimizer;
  /** What their learning rate is multiplied by; 0 keeps them as they are. */
  readonly rate?: number;
}

/** Moves each parameter as the first group that its name belongs to says, the others by `rest`. */
export function parameterGroups(groups: readonly ParameterGroup[], rest: Optimizer): Optimizer {
  const moverOf = (name: string): Optimizer => {
    const group = groups.find(({ names }) => matches(names)(name));
    if (group === undefined) return rest;
    const { optimizer = rest, rate = 1 } = group;
    return rate === 1 ? optimizer : scaledRate(optimizer, () => rate);
  };
  return {
    ...rest,
    name: `parameterGroups(${[...groups.map(({ names, rate = 1, optimizer = rest }) => `${names} ${rate} ${optimizer.name}`), rest.name].join(", ")})`,
    slots: (parameter) => moverOf(parameter.name).slots(parameter),
    update: (g, it) => moverOf(it.name).update(g, it),
  };
}

/** Multiplies the learning rate by what a parameter's name says. */
export const scaledRate = (optimizer: Optimizer, rateOf: (name: string) => number): Optimizer => ({
  ...optimizer,
  update(g, it) {
    const rate = rateOf(it.name);
    return optimizer.update(g, rate === 1 ? it : { ...it, learningRate: g.mul(it.learningRate, rate) });
  },
});
