import { defineChange } from "../operator-change.ts";

/** Scatter is called ScatterElements. */
export const scatterElements = defineChange({
  since: { Scatter: 11 },
  rewrite: (node) => [{ ...node, op: "ScatterElements" }],
});
