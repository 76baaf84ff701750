import { text } from "../node-forms.ts";
import { defineChange } from "../operator-change.ts";

const names: Readonly<Record<string, string>> = { bilinear: "linear", bicubic: "cubic" };

/** Interpolation is named as for any number of axes. */
export const gridSampleModes = defineChange({
  since: { GridSample: 20 },
  rewrite(node) {
    const { mode } = node.attributes;
    const old = mode?.kind === "string" ? mode.value : "bilinear";
    return [{ ...node, attributes: { ...node.attributes, mode: text(names[old] ?? old) } }];
  },
});
