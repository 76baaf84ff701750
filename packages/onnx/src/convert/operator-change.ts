import type { DType, Tensor } from "@athanor/core";
import type { Node } from "../model.ts";

export interface ChangeContext {
  /** A name that nothing in the model carries. */
  fresh(stem: string): string;
  /** Stores a constant beside the node and returns its name. */
  constant(stem: string, tensor: Tensor): string;
  /** The value of a constant; `undefined` when it is computed. */
  constantOf(name: string | undefined): Tensor | undefined;
  /** The element type of a value, as far as the model states it. */
  dtypeOf(name: string): DType | undefined;
}

/** How operators are written in one version of the standard, given how they were written in the versions before. */
export interface OperatorChange {
  /** Empty or left out for the standard's own operators. */
  readonly domain?: string;
  /** Operators, each with the version that brought the change. */
  readonly since: Readonly<Record<string, number>>;
  /** True for what came after the working version and is written in older operators instead. */
  readonly isNewer?: boolean;
  /** The nodes that say the same in the other form; the same node where nothing has to change. */
  rewrite(node: Node, context: ChangeContext): readonly Node[];
}

/** Declares a change; its file is named after it. */
export const defineChange = (change: OperatorChange): OperatorChange => change;
