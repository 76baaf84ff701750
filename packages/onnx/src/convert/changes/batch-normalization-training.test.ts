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

const inputs = ["x", "s", "b", "m", "v"];

it("asks for training where statistics were outputs, without those kept for a backward pass", () => {
  const training = node("BatchNormalization", inputs, ["y", "mean", "variance", "saved_mean", "saved_variance"]);
  const [next] = batchNormalizationTraining.rewrite(training, {} as never);
  expect(next!.outputs).toEqual(["y", "mean", "variance"]);
  expect(next!.attributes.training_mode).toEqual({ kind: "int", value: 1 });
});

it("refuses statistics per feature", () => {
  const perFeature = node("BatchNormalization", inputs, ["y"], { spatial: { kind: "int", value: 0 } });
  expect(() => batchNormalizationTraining.rewrite(perFeature, {} as never)).toThrow(
    expect.objectContaining({ code: "onnx/opset" }),
  );
});
