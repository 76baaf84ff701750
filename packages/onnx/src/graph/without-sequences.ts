import type { Attribute, Graph } from "../model.ts";
import { bodiesOf } from "./free-names.ts";
import { sequenceOps } from "./sequence-nodes.ts";

/** Attributes whose bodies work on sequences with the bodies that are built instead. */
export const withoutSequences = (
  attributes: Readonly<Record<string, Attribute>>,
  rebuild: (body: Graph) => Graph,
): Readonly<Record<string, Attribute>> =>
  bodiesOf({ attributes }).some(hasSequences)
    ? Object.fromEntries(
        Object.entries(attributes).map(([name, attribute]) => [
          name,
          attribute.kind === "graph" && hasSequences(attribute.value)
            ? { ...attribute, value: rebuild(attribute.value) }
            : attribute,
        ]),
      )
    : attributes;

/** Whether a body, or one inside it, works on sequences. */
export const hasSequences = ({ nodes }: Graph): boolean =>
  nodes.some((node) => sequenceOps.has(node.op) || bodiesOf(node).some(hasSequences));
