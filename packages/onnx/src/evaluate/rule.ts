import type { Tensor } from "@athanor/core";
import type { Attribute, Dim } from "../model.ts";

export interface EvaluateContext {
  /** Values of the inputs; `undefined` where one is left out. */
  readonly inputs: readonly (Tensor | undefined)[];
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly outputCount: number;
}

/** Computes a node's outputs from the values of its inputs; `undefined` where it cannot. */
export type EvaluateRule = (context: EvaluateContext) => readonly Tensor[] | undefined;

/** Computes a node's outputs from the shape of its first input alone. */
export type ShapeRule = (
  shape: readonly Dim[],
  attributes: Readonly<Record<string, Attribute>>,
) => readonly Tensor[] | undefined;

export const intOf = (attributes: Readonly<Record<string, Attribute>>, name: string, fallback: number): number => {
  const attribute = attributes[name];
  return attribute?.kind === "int" ? Number(attribute.value) : fallback;
};

export const intsOf = (
  attributes: Readonly<Record<string, Attribute>>,
  name: string,
): readonly number[] | undefined => {
  const attribute = attributes[name];
  return attribute?.kind === "ints" ? attribute.value.map(Number) : undefined;
};
