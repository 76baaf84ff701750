import type { Tensor } from "@athanor/core";
import { integersOf } from "../constant-tensor.ts";
import { intOf } from "../evaluate/rule.ts";
import type { Dim } from "../model.ts";
import type { BuiltNode, Value } from "./built-node.ts";

/** One an element, `undefined` where only a run tells it. */
type Lengths = readonly (Dim | undefined)[];

interface Known {
  constantOf(value: Value | undefined): Tensor | undefined;
  producerOf(value: Value): BuiltNode | undefined;
}

/** What a number or a list of numbers states as lengths, by name where they are those of a symbolic axis. */
export function statedLengths(g: Known, value: Value | undefined): Lengths | undefined {
  if (value?.dtype !== "int64" || value.shape.length > 1) return undefined;
  const [count = 1] = value.shape;
  if (typeof count !== "number" || count > most) return undefined;
  const known = g.constantOf(value);
  if (known) return integersOf(known);
  const node = g.producerOf(value);
  const found = node && rules[node.definition.name]?.(node, (input) => statedLengths(g, node.inputs[input]), g);
  return found?.length === count ? found : Array.from({ length: count }, () => undefined);
}

/** No tensor has more axes. */
const most = 32;

type Rule = (node: BuiltNode, stated: (input: number) => Lengths | undefined, g: Known) => Lengths | undefined;

const same: Rule = (_, stated) => stated(0);

const rules: Readonly<Record<string, Rule>> = {
  Shape: ({ inputs: [x], attributes }) => x!.shape.slice(intOf(attributes, "start", 0), intOf(attributes, "end", most)),
  Cast: same,
  Identity: same,
  Reshape: same,
  Squeeze: same,
  Unsqueeze: same,
  Concat({ inputs }, stated) {
    const parts = inputs.map((_, i) => stated(i));
    return parts.some((part) => part === undefined) ? undefined : parts.flatMap((part) => part!);
  },
  Gather({ inputs: [, indices] }, stated, g) {
    const [all, places] = [stated(0), g.constantOf(indices)];
    return all && places && integersOf(places).map((place) => all.at(place));
  },
  Slice({ inputs: [, ...bounds] }, stated, g) {
    const [start, end, , step] = bounds.map((bound) => g.constantOf(bound));
    if (!start || !end || (step && integersOf(step)[0] !== 1)) return undefined;
    return stated(0)?.slice(integersOf(start)[0], integersOf(end)[0]);
  },
};
