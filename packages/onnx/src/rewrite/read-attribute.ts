import type { Node } from "../model.ts";

/** A number attribute, or what the standard takes in its place. */
export function numberAt({ attributes }: Node, name: string, missing: number): number {
  const attribute = attributes[name];
  return attribute?.kind === "int" || attribute?.kind === "float" ? Number(attribute.value) : missing;
}

/** A list of whole numbers, `undefined` where the node states none. */
export function integersAt({ attributes }: Node, name: string): readonly number[] | undefined {
  const attribute = attributes[name];
  return attribute?.kind === "ints" ? attribute.value.map(Number) : undefined;
}
