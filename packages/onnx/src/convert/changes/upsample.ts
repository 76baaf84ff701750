import { float32 } from "@athanor/core";
import { withInputs, without } from "../node-forms.ts";
import { defineChange } from "../operator-change.ts";

/** Upsample became Resize; its scales were an attribute before they were an input. */
export const upsample = defineChange({
  since: { Upsample: 10 },
  rewrite(node, { constant }) {
    const { scales } = node.attributes;
    const stored = scales?.kind === "floats" ? constant("scales", float32(scales.value)) : node.inputs[1];
    return [withInputs({ ...without(node, "scales"), op: "Resize" }, [node.inputs[0], stored])];
  },
});
