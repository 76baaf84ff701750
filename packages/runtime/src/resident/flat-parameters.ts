import { float32, sizeOf, type Tensor } from "@athanor/core";
import type { Value } from "@athanor/onnx";
import { type Optimizer, tensorOf } from "../optimizer.ts";
import type { FloatTensors, StepDefinition } from "../training-step.ts";
import { elementwiseProgram, programText } from "../update/elementwise-program.ts";

/** A step over parameters laid end to end. */
export interface FlatStep {
  readonly definition: StepDefinition;
  /** States of the flat step by the names that the given one has for them. */
  apart(states: FloatTensors): FloatTensors;
  /** The other way round. */
  together(states: FloatTensors): FloatTensors;
}

interface Group {
  readonly name: string;
  readonly members: readonly string[];
}

/**
 * Lays parameters with the same update end to end, so that it is a dozen operators in all instead of a dozen each: a device
 * spends longer on starting a small kernel than on running it.
 */
export function flatParameters(definition: StepDefinition): FlatStep {
  const { parameters, optimizer } = definition;
  const groups = groupsOf(parameters, optimizer);
  const grouped = new Set(groups.flatMap(({ members }) => members));
  const flatNames = new Map(groups.map((group) => [group.name, group]));
  const slotsOf = (name: string) => Object.entries(optimizer.slots({ name, shape: parameters[name]!.shape }));

  const joined = (states: FloatTensors, { members }: Group, suffix = ""): Tensor<"float32"> => {
    const parts = members.map((member) => states[`${member}${suffix}`]!.data);
    const data = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      data.set(part, at);
      at += part.length;
    }
    return float32(data, [data.length]);
  };
  const initial: FloatTensors = Object.fromEntries([
    ...Object.entries(parameters),
    ...[...grouped].flatMap((name) =>
      slotsOf(name).map(([slot, state]) => [`${name}.${slot}`, tensorOf(state)] as const),
    ),
  ]);
  const suffixes = groups.map(({ members }) => ["", ...slotsOf(members[0]!).map(([slot]) => `.${slot}`)]);
  /** Flat state to the group it holds and what follows its members' names. */
  const flat = groups.flatMap((group, i) => suffixes[i]!.map((suffix) => ({ group, suffix })));
  const held = new Set(flat.flatMap(({ group, suffix }) => group.members.map((member) => `${member}${suffix}`)));
  const others = (states: FloatTensors, without: ReadonlySet<string>) =>
    Object.entries(states).filter(([name]) => !without.has(name));
  const flatStates = new Set(flat.map(({ group, suffix }) => `${group.name}${suffix}`));

  return {
    definition: {
      ...definition,
      parameters: Object.fromEntries([
        ...groups.map((group) => [group.name, joined(initial, group)] as const),
        ...others(parameters, grouped),
      ]),
      optimizer: {
        ...optimizer,
        slots({ name, shape }) {
          const group = flatNames.get(name);
          if (group === undefined) return optimizer.slots({ name, shape });
          return Object.fromEntries(
            slotsOf(group.members[0]!).map(([slot]) => [slot, joined(initial, group, `.${slot}`)]),
          );
        },
        update: (g, it) => optimizer.update(g, { ...it, name: flatNames.get(it.name)?.members[0] ?? it.name }),
      },
      build(g, { inputs, parameters: given, buffers }) {
        const parts = groups.flatMap(({ name, members }): (readonly [string, Value])[] => {
          const shapes = members.map((member) => parameters[member]!.shape);
          const lengths = g.constant(shapes.map(sizeOf), "int64");
          const pieces = g.ops("Split", [given[name], lengths], { axis: 0 }, { outputs: members.length });
          return members.map((member, i) => [member, g.reshape(pieces[i]!, shapes[i]!)]);
        });
        const own = Object.fromEntries([...Object.entries(given).filter(([name]) => !flatNames.has(name)), ...parts]);
        return definition.build(g, { inputs, parameters: own, buffers });
      },
    },
    apart: (states) =>
      Object.fromEntries([
        ...others(states, flatStates),
        ...flat.flatMap(({ group, suffix }) => {
          const { data } = states[`${group.name}${suffix}`]!;
          let at = 0;
          return group.members.map((member) => {
            const { shape } = parameters[member]!;
            const part = data.slice(at, (at += sizeOf(shape)));
            return [`${member}${suffix}`, float32(part, shape)] as const;
          });
        }),
      ]),
    together: (states) =>
      Object.fromEntries([
        ...others(states, held),
        ...flat.map(({ group, suffix }) => [`${group.name}${suffix}`, joined(states, group, suffix)] as const),
      ]),
  };
}

/** Parameters that are updated element by element in the same way, at least two of them. */
function groupsOf(parameters: FloatTensors, optimizer: Optimizer): readonly Group[] {
  const byProgram = Map.groupBy(Object.keys(parameters), (name) => {
    const { shape } = parameters[name]!;
    const [own, flat] = [shape, [sizeOf(shape)]].map((each) =>
      elementwiseProgram(optimizer, { name, shape: each, slots: optimizer.slots({ name, shape: each }) }),
    );
    // An update that looks at the rank must not see another one.
    return own && flat && programText(own) === programText(flat) ? programText(own) : undefined;
  });
  return [...byProgram]
    .filter(([program, members]) => program !== undefined && members.length > 1)
    .map(([, members], i) => ({ name: `flat:${i}`, members }));
}
