import { Tensor } from "@athanor/core";
import { openModel } from "@athanor/onnx/testing";
import { expect, it } from "vitest";
import { toOnnx } from "./evaluation-graph.ts";
import type { Network } from "./network.ts";
import { pixelInput } from "./pixel-input.ts";

const same: Network = {
  name: "same",
  inputs: { x: { dtype: "float32", shape: [2, 1, 1] } },
  parameters: {},
  buffers: {},
  build: ({ inputs }) => inputs.x!,
};
const run = async (scale: Parameters<typeof pixelInput>[1]) => {
  const model = await openModel(toOnnx(pixelInput(same, scale), {}));
  return [...(await model({ x: new Tensor("uint8", Uint8Array.of(0, 255), [1, 2, 1, 1]) })).output!.data].map(Number);
};

it("scales pixels inside the network, each channel by its own figures or all alike", async () => {
  expect(await run({ mean: [127.5], deviation: [127.5] })).toEqual([-1, 1]);
  expect(await run({ mean: [0, 55], deviation: [1, 50] })).toEqual([0, 4]);
});
