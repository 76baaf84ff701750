import { float32, Tensor } from "@athanor/core";
import { expect, it } from "vitest";
import { GraphBuilder, type Value } from "../graph/graph-builder.ts";
import { trainable } from "../import/trainable.ts";
import { openModel } from "../testing/run-model.ts";
import { gradient } from "./gradient.ts";

type Build = (g: GraphBuilder, x: Value) => Value;

/** The gradient of Σ w y for an input of four numbers. */
async function slopesOf(build: Build, values: readonly number[]): Promise<readonly number[]> {
  const g = new GraphBuilder();
  const x = g.input("x", "float32", [4]);
  const y = build(g, x);
  const loss = g.reduceSum(g.mul(y, g.constant(float32(weights.slice(0, y.shape.at(-1) as number)))));
  g.output("dx", gradient(g, loss, [x])[0]!);
  const { dx } = await (await openModel(g.build()))({ x: float32(values) });
  return Array.from(dx!.data as Float32Array);
}

const weights = [1, 2, 3, 4];
const close = (expected: readonly number[]) => expected.map((value) => expect.closeTo(value, 4));
const matrix = (g: GraphBuilder) => g.constant(new Tensor("int8", Int8Array.of(1, -2, 3, 4, 5, -6, 7, 8), [4, 2]));

it("passes gradients through rounding, but not where the range ends", async () => {
  const scale = 0.5;
  const build: Build = (g, x) => {
    const parts = [g.constant(scale), g.constant(10, "uint8")];
    return g.op("DequantizeLinear", [g.op("QuantizeLinear", [x, ...parts]), ...parts]);
  };
  expect(await slopesOf(build, [0.3, -7, 122, 200])).toEqual(close([1, 0, 3, 0]));
});

it("gives no slope where a scale is zero or infinite, and a finite one beside it", async () => {
  const build: Build = (g, x) => {
    const scales = g.constant([0.5, 0, Number.POSITIVE_INFINITY, 1e-40]);
    const parts = [scales, g.constant([0, 1, 2, 3], "uint8")];
    const options = { axis: 0 };
    return g.op("DequantizeLinear", [g.op("QuantizeLinear", [x, ...parts], options), ...parts], options);
  };
  expect(await slopesOf(build, [0.3, 1, 2, 3])).toEqual(close([1, 0, 0, 0]));
});

it("learns scales of which one is zero", async () => {
  const g = new GraphBuilder();
  const [x, scale] = [g.input("x", "float32", [2]), g.input("scale", "float32", [2])];
  const parts = [scale, g.constant([0, 0], "int8")];
  const y = g.op("DequantizeLinear", [g.op("QuantizeLinear", [x, ...parts], { axis: 0 }), ...parts], { axis: 0 });
  for (const [i, slope] of gradient(g, g.reduceSum(y), [x, scale]).entries()) g.output(`slope${i}`, slope);
  const { slope0, slope1 } = await (await openModel(g.build()))({ x: float32([0.3, 2]), scale: float32([0.5, 0]) });
  // Outside of the range, the last step.
  expect([...slope0!.data, ...slope1!.data]).toEqual([1, 0, expect.closeTo(1 - 0.6, 4), 127]);
});

it("passes gradients through what moves quantized values about", async () => {
  const build: Build = (g, x) => {
    const whole = g.op("QuantizeLinear", [x, g.constant(0.1), g.constant(0, "int8")]);
    const taken = g.gather(g.transpose(g.reshape(whole, [2, 2])), g.constant([1, 1], "int64"));
    return g.op("DequantizeLinear", [g.reshape(g.concat([taken], 0), [4]), g.constant(0.1), g.constant(0, "int8")]);
  };
  expect(await slopesOf(build, [1, 2, 3, 4])).toEqual(close([0, 4, 0, 6]));
});

// What torch._fake_quantize_learnable_per_tensor_affine gives too.
it("learns the scale of a quantizer", async () => {
  const g = new GraphBuilder();
  const [x, scale] = [g.input("x", "float32", [4]), g.input("scale", "float32", [])];
  const zero = g.constant(0, "int8");
  const y = g.op("DequantizeLinear", [g.op("QuantizeLinear", [x, scale, zero]), scale, zero]);
  g.output("slope", gradient(g, g.reduceSum(y), [scale])[0]!);
  const { slope } = await (await openModel(g.build()))({ x: float32([0.3, 1.4, 70, -70]), scale: float32([0.5], []) });
  // Inside, the distance to the step taken, in steps; outside, the last step.
  expect(slope!.data[0]).toBeCloseTo(1 - 0.6 + (3 - 2.8) + 127 - 128, 4);
});

it("passes gradients through products of whole numbers that are scaled back", async () => {
  const build: Build = (g, x) => {
    const [whole, scale, zero] = g.ops("DynamicQuantizeLinear", [g.reshape(x, [1, 4])], {}, { outputs: 3 });
    const product = g.op("MatMulInteger", [whole, matrix(g), zero, g.constant(1, "int8")]);
    return g.mul(g.cast(product, "float32"), g.mul(scale!, 0.25));
  };
  // (W − 1) w / 4
  expect(await slopesOf(build, [-1, 2, 0.5, 1])).toEqual(close([-6 / 4, 8 / 4, -10 / 4, 20 / 4]));
});

it("passes gradients through convolutions of whole numbers", async () => {
  const build: Build = (g, x) => {
    const [whole, scale, zero] = g.ops("DynamicQuantizeLinear", [g.reshape(x, [1, 1, 2, 2])], {}, { outputs: 3 });
    const kernel = g.constant(new Tensor("uint8", Uint8Array.of(3, 5), [1, 1, 1, 2]));
    const sums = g.op("ConvInteger", [whole, kernel, zero, g.constant(1, "uint8")]);
    return g.reshape(g.mul(g.cast(sums, "float32"), scale!), [1, 2]);
  };
  expect(await slopesOf(build, [-1, 2, 0.5, 1])).toEqual(close([2, 4, 4, 8]));
});

it("passes gradients through fused products of whole numbers", async () => {
  const fused: Build = (g, x) =>
    g.op(
      "DynamicQuantizeMatMul",
      [g.reshape(x, [1, 4]), matrix(g), g.constant([0.25, 0.5])],
      {},
      { domain: "com.microsoft" },
    );
  expect(await slopesOf(fused, [-1, 2, 0.5, 1])).toEqual(close([-1.75, 4.75, -4.75, 9.75]));
  const apart: Build = (g, x) => {
    const [whole, scale, zero] = g.ops("DynamicQuantizeLinear", [g.reshape(x, [1, 4])], {}, { outputs: 3 });
    const inputs = [whole, matrix(g), scale, g.constant([0.25, 0.5]), zero];
    return g.op("MatMulIntegerToFloat", inputs, {}, { domain: "com.microsoft" });
  };
  expect(await slopesOf(apart, [-1, 2, 0.5, 1])).toEqual(close([-1.75, 4.75, -4.75, 9.75]));
});

it("passes gradients through operators on quantized values", async () => {
  const [scale, zero] = [0.05, 100];
  const quantized =
    (read: (g: GraphBuilder, whole: Value, parts: readonly Value[]) => Value): Build =>
    (g, x) => {
      const parts = [g.constant(scale), g.constant(zero, "uint8")];
      const y = read(g, g.op("QuantizeLinear", [g.reshape(x, [1, 1, 1, 4]), ...parts]), parts);
      return g.reshape(g.op("DequantizeLinear", [y, ...parts]), [1, 4]);
    };
  const kernel = (g: GraphBuilder) => g.constant(new Tensor("int8", Int8Array.of(4), [1, 1, 1, 1]));
  const conv = quantized((g, whole, parts) =>
    g.op("QLinearConv", [whole, ...parts, kernel(g), g.constant(0.5), g.constant(0, "int8"), ...parts]),
  );
  expect(await slopesOf(conv, [-1, 2, 0.5, 9])).toEqual(close([2, 4, 6, 0]));
});

it("counts weights before a quantizer among the trainable ones, and not its scales", () => {
  const g = new GraphBuilder();
  const x = g.input("x", "float32", [1, 2]);
  const hidden = g.matMul(x, g.initializer("w", float32([1, 2, 3, 4], [2, 2])));
  const [whole, scale, zero] = g.ops("DynamicQuantizeLinear", [hidden], {}, { outputs: 3 });
  const weight = g.initializer("whole", new Tensor("int8", Int8Array.of(1, 2, 3, 4), [2, 2]));
  const product = g.cast(g.op("MatMulInteger", [whole, weight, zero]), "float32");
  g.output("y", g.mul(product, g.mul(scale!, g.initializer("scales", float32([1, 2])))));
  expect(trainable(g).map(({ name }) => name)).toEqual(["w"]);
});

it("passes gradients through quantizers where a length is open", () => {
  const g = new GraphBuilder();
  const x = g.input("x", "float32", ["rows", 2]);
  const parts = [g.constant([0.5, 1]), g.constant([0, 1], "uint8")];
  const y = g.op("DequantizeLinear", [g.op("QuantizeLinear", [x, ...parts]), ...parts]);
  expect(gradient(g, g.reduceSum(y), [x])[0]!.shape).toEqual(["rows", 2]);
});
