import type { BuiltNode, Value } from "../graph/built-node.ts";
import { isFloat } from "../shapes.ts";
import { isStopped } from "./stop-gradient.ts";

/**
 * Whether a gradient reaches a node's output from operands that it reaches: floats carry one, and so do whole numbers that
 * stand for real ones, which are what quantizing gives and what is made of those in their own type.
 */
export function carriesGradient(node: BuiltNode, output: Value, isReached: (operand: Value) => boolean): boolean {
  if (isStopped(output)) return false;
  if (isFloat(output.dtype) || node.definition.isQuantized) return true;
  return node.inputs.some((input) => input !== undefined && input.dtype === output.dtype && isReached(input));
}
