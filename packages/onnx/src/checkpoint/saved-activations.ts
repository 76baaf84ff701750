import { bytesPerElement } from "@athanor/core";
import { operandsOf, type Value } from "../graph/built-node.ts";
import type { GraphBuilder } from "../graph/graph-builder.ts";
import { liveNodes } from "../graph/live-nodes.ts";
import { knownSize } from "../shapes.ts";

/** A value that the forward pass makes and the backward pass reads: it stays in memory in between. */
export interface SavedActivation {
  readonly name: string;
  /** The node that makes it. */
  readonly node: string;
  readonly bytes: number;
}

/**
 * What the first `forwardCount` nodes compute and later ones read on the way to the wanted values, largest first.
 *
 * A view counts as what it is a view of, inputs and weights count nothing; a symbolic length counts as one.
 */
export function savedActivations(
  g: GraphBuilder,
  wanted: readonly Value[],
  forwardCount: number,
): readonly SavedActivation[] {
  const forward = g.nodes.slice(0, forwardCount);
  const makers = new Map(forward.flatMap((node) => node.outputs.map((output) => [output.name, node] as const)));
  const owner = (value: Value): Value => {
    const node = makers.get(value.name);
    return node?.definition.algebra?.isView ? owner(node.inputs[0]!) : value;
  };
  const isForward = new Set(forward);
  const saved = new Map<string, SavedActivation>();
  for (const node of liveNodes(g.nodes, new Set(wanted.map(({ name }) => name)))) {
    if (isForward.has(node)) continue;
    for (const input of operandsOf(node)) {
      const kept = input && owner(input);
      const maker = kept && makers.get(kept.name);
      if (maker) saved.set(kept.name, { name: kept.name, node: maker.name, bytes: bytesOf(kept) });
    }
  }
  return [...saved.values()].sort((a, b) => b.bytes - a.bytes);
}

/** Bytes of a value; a symbolic length counts as one. */
export const bytesOf = ({ dtype, shape }: Value): number =>
  knownSize(shape.map((length) => (typeof length === "string" ? 1 : length)))! * bytesPerElement(dtype);
