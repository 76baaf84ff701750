import { float32, Random } from "@athanor/core";
import { GraphBuilder, type Value } from "@athanor/onnx";
import { openModel } from "@athanor/onnx/testing";
import { expect, it } from "vitest";
import { melBands } from "./mel-bands.ts";
import { melSpectrogram } from "./mel-spectrogram.ts";
import { mfcc } from "./mfcc.ts";

const [rate, window, step, bands, length] = [1000, 20, 10, 5, 60];
const options = { rate, window, step, bands };
const random = Random.from(2);
const samples = Float32Array.from({ length }, () => random.normal());

async function run(build: (g: GraphBuilder, x: Value) => Value) {
  const g = new GraphBuilder();
  g.output("y", build(g, g.input("x", "float32", ["batch", length])));
  const { y } = await (await openModel(g.build()))({ x: float32(samples, [1, length]) });
  return y!;
}

/** Log energies of one frame, by the definition. */
function frame(at: number): number[] {
  const bins = window / 2 + 1;
  const power = Array.from({ length: bins }, (_, k) => {
    let [re, im] = [0, 0];
    for (let i = 0; i < window; i++) {
      const value = samples[at + i]! * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / window));
      re += value * Math.cos((2 * Math.PI * k * i) / window);
      im += value * Math.sin((2 * Math.PI * k * i) / window);
    }
    return re ** 2 + im ** 2;
  });
  const weights = melBands({ rate, bands, lowest: 20, highest: rate / 2 }, bins);
  return Array.from({ length: bands }, (_, band) =>
    Math.log(1e-6 + power.reduce((sum, each, bin) => sum + each * weights[bin * bands + band]!, 0)),
  );
}

it("gives the energy of each frame in each band", async () => {
  const y = await run((g, x) => melSpectrogram(g, x, options));
  expect(y.shape).toEqual([1, bands, 5]);
  for (let t = 0; t < 5; t++)
    for (const [band, expected] of frame(t * step).entries())
      expect(Number(y.data[band * 5 + t])).toBeCloseTo(expected, 3);
});

it("gives cosine coefficients of the bands", async () => {
  const y = await run((g, x) => mfcc(g, x, { ...options, coefficients: 3 }));
  expect(y.shape).toEqual([1, 3, 5]);
  const energies = frame(0);
  const expected = energies.reduce((sum, each) => sum + each, 0) / Math.sqrt(bands);
  expect(Number(y.data[0])).toBeCloseTo(expected, 3);
});
