import { AthanorError } from "@athanor/core";
import { defineChange } from "../operator-change.ts";

/** Scan lost its axis of batches and its lengths of sequences, which no later form says. */
export const scanBatches = defineChange({
  since: { Scan: 9 },
  rewrite(node) {
    throw new AthanorError("onnx/opset", `Scan ${node.name}: expected version 9 or later, got version 8`, {
      fix: "Export the model with version 9 or later of the standard.",
      details: { node: node.name },
    });
  },
});
