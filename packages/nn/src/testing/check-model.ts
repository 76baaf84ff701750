import { float32, sizeOf, type Tensor } from "@athanor/core";
import { openModel } from "@athanor/onnx/testing";
import { expect } from "vitest";
import { toOnnx } from "../evaluation-graph.ts";
import type { Network } from "../network.ts";
import { golden, type RecordedTensor } from "./golden.ts";

/** With the same weights, a network gives the output that its likeness in PyTorch gave for the same images. */
export async function checkModel(name: string, network: Network): Promise<void> {
  const { y } = golden<{ y: RecordedTensor }>(`models/${name}`);
  const weights = Object.fromEntries(
    Object.entries({ ...network.parameters, ...network.buffers }).map(([key, { shape }]) => [key, waves(key, shape)]),
  );
  const [input, { shape }] = Object.entries(network.inputs)[0]!;
  const { output } = await (await openModel(toOnnx(network, weights)))({
    [input]: waves("x", [y.shape[0]!, ...(shape as readonly number[])]),
  });
  expect(output!.shape).toEqual(y.shape);
  for (const [i, expected] of y.data.entries()) expect(Number(output!.data[i])).toBeCloseTo(expected, 3);
}

/** Numbers that depend on the name and the place only, as `golden/record/nn_models.py` makes them; variances and scales near one. */
function waves(name: string, shape: readonly number[]): Tensor<"float32"> {
  const phase = [...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
  const base = /\.(scale|variance)$/.test(name) ? 1 : 0;
  // Weights as large as keeps values as they pass on.
  const fan = shape.length === 2 ? shape[0]! : sizeOf(shape.slice(1));
  const height = name === "x" ? 1 : shape.length === 1 ? 0.25 : 2 / Math.sqrt(fan);
  const data = Array.from({ length: sizeOf(shape) }, (_, i) => base + height * Math.sin(phase + 0.7 * i ** 2));
  return float32(data, shape);
}
