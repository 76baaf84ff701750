import type { Slices } from "@athanor/core";
import { bodiesOf, freeNames } from "../graph/free-names.ts";
import type { Graph, Node } from "../model.ts";
import type { GraphView } from "../rewrite/graph-view.ts";
import { isSameSelection, placeOf, type Selection } from "./selection.ts";
import { isView, type Need, selectionRule } from "./selection-rules.ts";
import { type Selector, selectorOf } from "./selector.ts";

/** What of a graph's values its outputs need. */
export interface PartsNeeded {
  /** By value. */
  readonly needs: ReadonlyMap<string, Need>;
  /** Nodes that can compute the part of their output that is needed, with what that needs of their inputs. */
  readonly partial: ReadonlyMap<Node, readonly Need[]>;
  /** Nodes that cut a part out of a value of which nothing else is needed. */
  readonly selectors: ReadonlyMap<Node, Selector>;
}

/** Goes from the outputs to the inputs; a value that two parts are needed of is needed whole. */
export function* partsNeeded(graph: Graph, view: GraphView): Slices<PartsNeeded> {
  const needs = new Map<string, Need>(graph.outputs.map(({ name }) => [name, "all"]));
  const add = (name: string, wanted: Need) => {
    const known = needs.get(name) ?? wanted;
    const isSame = known !== "all" && wanted !== "all" && isSameSelection(known, wanted);
    needs.set(name, isSame ? wanted : "all");
  };
  const partial = new Map<Node, readonly Need[]>();
  const cuts = new Map<Node, Selector>();
  for (const node of graph.nodes.toReversed()) {
    yield;
    if (node.outputs.every((name) => !needs.has(name))) continue;
    const wanted = needs.get(node.outputs[0]!);
    const cut = wanted === "all" ? selectorOf(node, view) : undefined;
    const parts = wanted === undefined || wanted === "all" ? undefined : inputsNeeded(node, wanted, view);
    if (cut) cuts.set(node, cut);
    if (parts) partial.set(node, parts);
    const ofInputs = cut ? [cut.selection] : parts;
    for (const [i, name] of node.inputs.entries()) if (name !== "") add(name, ofInputs?.[i] ?? "all");
    for (const body of bodiesOf(node)) for (const name of freeNames(body)) add(name, "all");
  }
  const isPartial = ({ inputs }: Node) => partial.has(view.producer(inputs[0]!)!);
  // Nothing is won by cutting in front of a view; producers come first.
  for (const node of graph.nodes) if (isView(node) && !isPartial(node)) partial.delete(node);
  return { needs, partial, selectors: new Map([...cuts].filter(([node]) => isPartial(node))) };
}

function inputsNeeded(node: Node, selection: Selection, view: GraphView): readonly Need[] | undefined {
  const rule = selectionRule(node);
  const output = view.type(node.outputs[0]!)?.shape;
  const place = output && placeOf(selection, output);
  const isSole = node.outputs.every((name, i) => i === 0 || name === "");
  // More than one length that is not known cannot be reshaped to.
  const isKnown = output !== undefined && output.filter((length) => typeof length === "string").length <= 1;
  if (rule === undefined || place === undefined || !isSole || !isKnown) return undefined;
  const inputs = node.inputs.map((name) => (name === "" ? [] : view.type(name)?.shape));
  const parts = rule({ node, selection, place, output, inputs });
  const isPlaced = (need: Need, i: number) =>
    need === "all" || (inputs[i] !== undefined && placeOf(need, inputs[i]) !== undefined);
  return parts?.every(isPlaced) ? parts : undefined;
}
