import { integersOf } from "../constant-tensor.ts";
import type { Node } from "../model.ts";
import type { GraphView } from "../rewrite/graph-view.ts";
import { numberAt } from "../rewrite/read-attribute.ts";
import { type Selection, selectionAt } from "./selection.ts";

/** A node that reads some places of an axis. */
export interface Selector {
  readonly selection: Selection;
  /** The axis that its output does not have any more. */
  readonly removes?: number;
}

/** What a Slice of one axis or a Gather at known places reads of its first input, where that is not all. */
export function selectorOf(node: Node, graph: GraphView): Selector | undefined {
  const shape = graph.type(node.inputs[0] ?? "")?.shape;
  if (node.domain !== "" || shape === undefined) return undefined;
  const known = (input: number) => {
    const tensor = graph.constant(node.inputs[input] ?? "");
    return tensor && integersOf(tensor);
  };
  const at = (given: number, places: (length: number) => readonly number[] | undefined) => {
    const axis = given < 0 ? given + shape.length : given;
    const count = shape[axis];
    if (typeof count !== "number") return undefined;
    const indices = places(count);
    const selection = indices && selectionAt({ axis, within: 1 }, shape, { count, inner: 1, indices });
    if (selection === undefined || selection.indices.length === 0 || selection.indices.length >= count)
      return undefined;
    return { selection, axis };
  };
  if (node.op === "Gather") {
    const indices = known(1);
    const rank = graph.type(node.inputs[1]!)?.shape?.length ?? 2;
    if (indices === undefined || rank > 1) return undefined;
    const found = at(numberAt(node, "axis", 0), (count) => indices.map((index) => (index < 0 ? index + count : index)));
    return found && { selection: found.selection, ...(rank === 0 ? { removes: found.axis } : {}) };
  }
  if (node.op !== "Slice") return undefined;
  const [starts, ends, axes] = [known(1), known(2), node.inputs[3] ? known(3) : [0]];
  const steps = node.inputs[4] ? known(4) : [1];
  if (starts?.length !== 1 || ends === undefined || axes?.length !== 1 || steps?.[0] !== 1) return undefined;
  return at(axes[0]!, (count) => {
    const bound = (place: number) => Math.min(count, Math.max(0, place < 0 ? place + count : place));
    const [from, to] = [bound(starts[0]!), bound(ends[0]!)];
    return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
  });
}
