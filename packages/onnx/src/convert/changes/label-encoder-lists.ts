import type { Attribute } from "../../model.ts";
import { without } from "../node-forms.ts";
import { defineChange } from "../operator-change.ts";

/** Keys and values are given side by side; before, a class stood for its place in one list. */
export const labelEncoderLists = defineChange({
  domain: "ai.onnx.ml",
  since: { LabelEncoder: 2 },
  rewrite(node, { dtypeOf }) {
    const { classes_strings: classes } = node.attributes;
    if (classes?.kind !== "strings") return [node];
    const places: Attribute = { kind: "ints", value: classes.value.map((_, place) => place) };
    const lists: Readonly<Record<string, Attribute>> =
      dtypeOf(node.inputs[0]!) === "int64"
        ? { keys_int64s: places, values_strings: classes }
        : { keys_strings: classes, values_int64s: places };
    const rest = without(node, "classes_strings");
    return [{ ...rest, attributes: { ...rest.attributes, ...lists } }];
  },
});
