import { constantTensor } from "../../constant-tensor.ts";
import { withInputs, without } from "../node-forms.ts";
import { defineChange } from "../operator-change.ts";

/** The axis became an input, and the last one before the parts the default instead of the first after the batch. */
export const dftAxisAsInput = defineChange({
  since: { DFT: 20 },
  rewrite(node, { constant }) {
    const { axis } = node.attributes;
    const value = axis?.kind === "int" ? Number(axis.value) : 1;
    const [signal, length] = node.inputs;
    return [withInputs(without(node, "axis"), [signal, length, constant("axis", constantTensor(value, "int64"))])];
  },
});
