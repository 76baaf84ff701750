import { AthanorError } from "@athanor/core";
import { int, without } from "../node-forms.ts";
import { defineChange } from "../operator-change.ts";

/**
 * Training is asked for by an attribute; before, four more outputs meant it, the last two to be kept for a backward pass,
 * and statistics could be taken per feature.
 */
export const batchNormalizationTraining = defineChange({
  since: { BatchNormalization: 14 },
  rewrite(node) {
    const { spatial } = node.attributes;
    if (spatial?.kind === "int" && Number(spatial.value) === 0) {
      throw new AthanorError(
        "onnx/opset",
        `BatchNormalization ${node.name}: expected statistics over channels, got spatial = 0`,
        { fix: "Export the model with statistics over channels.", details: { node: node.name } },
      );
    }
    const { attributes, ...rest } = without(node, "spatial");
    if (node.outputs.slice(1).every((name) => name === ""))
      return [{ ...rest, attributes, outputs: node.outputs.slice(0, 1) }];
    return [{ ...rest, attributes: { ...attributes, training_mode: int(1) }, outputs: node.outputs.slice(0, 3) }];
  },
});
