import { float32, Random } from "@athanor/core";
import { GraphBuilder } from "@athanor/onnx";
import { openModel } from "@athanor/onnx/testing";
import { expect, it } from "vitest";
import { logLoss } from "../metrics/index.ts";
import { calibrated, calibrationToOnnx, fitCalibration } from "./calibration.ts";

const random = Random.from(3);
const labels = ["a", "b", "c"];
const softmax = (scores: readonly number[]) => {
  const powers = scores.map(Math.exp);
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / sum);
};
const rows = Array.from({ length: 1500 }, () => {
  const scores = labels.map(() => 2 * random.normal());
  const [a, b] = softmax(scores) as [number, number, number];
  const draw = random.uniform();
  const label = labels[draw < a ? 0 : draw < a + b ? 1 : 2]!;
  // Half as sure as it should be, and too much in favour of the last.
  return { label, given: softmax(scores.map((score, k) => score / 2 + Number(k === 2))) };
});
const truth = rows.map(({ label }) => label);
const given = Float64Array.from(rows.flatMap(({ given }) => given));

it("finds by how much probabilities are too even, and which label is favoured", async () => {
  const { slope, offsets } = await fitCalibration(truth, given, labels);
  expect(slope).toBeCloseTo(2, 0);
  expect(offsets[2]).toBeCloseTo(-2, 0);
  expect(logLoss(truth, calibrated({ slope, offsets }, given), labels)).toBeLessThan(
    0.9 * logLoss(truth, given, labels),
  );
});

it("leaves right probabilities as they are, and does the same in a graph", async () => {
  const right = calibrated({ slope: 2, offsets: [0, 0, -2] }, given);
  expect((await fitCalibration(truth, right, labels)).slope).toBeCloseTo(1, 0);
  const g = new GraphBuilder();
  const calibration = { slope: 1.7, offsets: [0, 0.3, -1] };
  g.output("right", calibrationToOnnx(calibration, g, g.input("given", "float32", ["batch", 3])));
  const run = await openModel(g.build());
  const { right: fromGraph } = await run({ given: float32(given.subarray(0, 30), [10, 3]) });
  const expected = calibrated(calibration, given.subarray(0, 30));
  for (const [i, value] of expected.entries()) expect(fromGraph!.data[i]).toBeCloseTo(value, 5);
});
