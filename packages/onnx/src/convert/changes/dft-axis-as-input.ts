import { int64 } from "@athanor/core";
import { withInputs, without } from "../node-forms.ts";
import { defineChange } from "../operator-change.ts";

/** The axis became an input with another default. */
export const dftAxisAsInput = defineChange({
  since: { DFT: 20 },
  rewrite(node, { constant }) {
    const axis = constant("axis", int64([Number(node.attributes.axis?.value ?? 1)], []));
    return [withInputs(without(node, "axis"), [node.inputs[0], node.inputs[1], axis])];
  },
});
