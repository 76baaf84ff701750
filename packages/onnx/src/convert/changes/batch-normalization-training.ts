import { AthanorError } from "@athanor/core";
import { without } from "../node-forms.ts";
import { defineChange } from "../operator-change.ts";

/** Training is asked for by an attribute; before, four more outputs meant it, and statistics could be taken per feature. */
export const batchNormalizationTraining = defineChange({
  since: { BatchNormalization: 14 },
  rewrite(node) {
    const { spatial } = node.attributes;
    const isPerFeature = spatial?.kind === "int" && Number(spatial.value) === 0;
    if (isPerFeature || node.outputs.slice(1).some((name) => name !== "")) {
      throw new AthanorError(
        "onnx/opset",
        `BatchNormalization ${node.name}: expected the inference form over channels, got ${isPerFeature ? "spatial = 0" : `${node.outputs.length} outputs`}`,
        { fix: "Export the model in evaluation mode.", details: { node: node.name } },
      );
    }
    return [{ ...without(node, "spatial"), outputs: node.outputs.slice(0, 1) }];
  },
});
