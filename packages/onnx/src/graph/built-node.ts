import type { DType } from "@athanor/core";
import type { OpDefinition } from "../define-op.ts";
import type { Attribute, Dim, Node } from "../model.ts";

/** A value of one builder's graph: a name with what is known of it. */
export interface Value {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: readonly Dim[];
}

/** A node with its values and its operator's rules. */
export interface BuiltNode {
  readonly definition: OpDefinition;
  readonly name: string;
  readonly inputs: readonly (Value | undefined)[];
  readonly outputs: readonly Value[];
  readonly attributes: Readonly<Record<string, Attribute>>;
  /** Values of the surrounding graph that the node's bodies read. */
  readonly captures: readonly Value[];
}

/** What a node has beside operator, inputs and attributes. */
export interface NodeOptions {
  readonly domain?: string;
  /** How many outputs the node has. */
  readonly outputs?: number;
  readonly name?: string;
}

/** What a built model carries beside its graph. */
export interface BuildOptions {
  readonly name?: string;
  readonly metadata?: Readonly<Record<string, string>>;
  /** What the model puts out, instead of the outputs that the graph has. */
  readonly outputs?: Readonly<Record<string, Value>>;
}

/** What a node reads: its inputs, then what its bodies take from the surrounding graph. */
export const operandsOf = ({ inputs, captures }: BuiltNode): readonly (Value | undefined)[] =>
  captures.length === 0 ? inputs : [...inputs, ...captures];

export const toNode = ({ definition, name, inputs, outputs, attributes }: BuiltNode): Node => ({
  op: definition.name,
  domain: definition.domain ?? "",
  name,
  // Names that are empty at the end say nothing, and kernels of some providers crash on them.
  inputs: inputs.slice(0, inputs.findLastIndex((input) => input !== undefined) + 1).map((input) => input?.name ?? ""),
  outputs: outputs.map((output) => output.name),
  attributes,
});
