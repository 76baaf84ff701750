import { float32 } from "@athanor/core";
import { expect, it } from "vitest";
import { checkChange } from "../../testing/check-change.ts";
import { node } from "../node-forms.ts";
import { batchNormalizationTraining } from "./batch-normalization-training.ts";

const spatial = { kind: "int", value: 1 } as const;
const variance = { stored: float32([0.5, 1, 2]) };

checkChange(batchNormalizationTraining, [
  {
    title: "over channels",
    op: "BatchNormalization",
    opset: 7,
    inputs: [[2, 3, 4], [3], [3], [3], variance],
    attributes: { spatial },
  },
]);

it("refuses forms that only training wrote", () => {
  const training = node("BatchNormalization", ["x", "s", "b", "m", "v"], ["y", "mean"]);
  expect(() => batchNormalizationTraining.rewrite(training, {} as never)).toThrow(
    expect.objectContaining({ code: "onnx/opset" }),
  );
});
