import { constantTensor } from "../constant-tensor.ts";
import type { Attribute, Node } from "../model.ts";
import type { ChangeContext } from "./operator-change.ts";

/** A node of the standard's own operators; it has no name, for names of nodes must differ. */
export const node = (
  op: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: Readonly<Record<string, Attribute>> = {},
): Node => ({ op, domain: "", name: "", inputs, outputs, attributes });

export const int = (value: number): Attribute => ({ kind: "int", value });
export const text = (value: string): Attribute => ({ kind: "string", value });

/** The node without some of its attributes. */
export const without = (original: Node, ...names: readonly string[]): Node => ({
  ...original,
  attributes: Object.fromEntries(Object.entries(original.attributes).filter(([name]) => !names.includes(name))),
});

/** The node with other inputs; absent ones at the end are left out. */
export function withInputs(original: Node, inputs: readonly (string | undefined)[]): Node {
  const present = inputs.findLastIndex((input) => input !== undefined && input !== "") + 1;
  return { ...original, inputs: inputs.slice(0, present).map((input) => input ?? "") };
}

/** An attribute of whole numbers as a stored constant; `undefined` where the node lacks it. */
export function storedInts(original: Node, name: string, { constant }: ChangeContext): string | undefined {
  const attribute = original.attributes[name];
  if (attribute?.kind === "int") return constant(name, constantTensor([Number(attribute.value)], "int64"));
  if (attribute?.kind !== "ints") return undefined;
  return constant(name, constantTensor(attribute.value.map(Number), "int64"));
}

/** A number attribute as a stored scalar of the type of the node's first input. */
export function storedFloat(original: Node, name: string, { constant, dtypeOf }: ChangeContext): string | undefined {
  const attribute = original.attributes[name];
  if (attribute?.kind !== "float") return undefined;
  const dtype = dtypeOf(original.inputs[0] ?? "") === "float64" ? "float64" : "float32";
  return constant(name, constantTensor(attribute.value, dtype));
}
