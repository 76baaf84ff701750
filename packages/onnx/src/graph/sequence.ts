import type { Graph, Node } from "../model.ts";
import type { Value } from "./built-node.ts";
import type { GraphBuilder } from "./graph-builder.ts";

/** A sequence of tensors while a graph is built: what is in it is known, so that no node of the graph has to hold it. */
export interface Sequence {
  readonly name: string;
  readonly parts: readonly Value[];
}

/** What a node of a model reads and gives. */
export type Operand = Value | Sequence;

export const isSequence = (operand: Operand | undefined): operand is Sequence =>
  operand !== undefined && "parts" in operand;

/** Appends the nodes of a body, to a body in the making where one is given; outputs get the given names. */
export type Inline = (
  body: Graph,
  inputs: readonly Operand[],
  names?: readonly string[],
  into?: GraphBuilder,
) => readonly Operand[];

/** A node of a model, and what it is to be applied to. */
export interface OperandNode {
  readonly g: GraphBuilder;
  readonly node: Node;
  readonly inputs: readonly (Operand | undefined)[];
  /** What its outputs are called. */
  readonly names: readonly string[];
  readonly inline: Inline;
}
