import { float64, type Tensor } from "@athanor/core";
import { expect, it } from "vitest";
import { gradient } from "../autodiff/gradient.ts";
import { GraphBuilder } from "../graph/graph-builder.ts";
import { checkOp } from "../testing/check-op.ts";
import { fusedGemm } from "./fused-gemm.ts";

const activated =
  (activation: (z: number) => number, alpha = 1, beta = 1) =>
  ([a, b, c]: readonly Tensor<"float64">[]): Tensor<"float64"> => {
    const [rows, inner] = a!.shape as [number, number];
    const columns = b!.shape[1]!;
    const y = Array.from({ length: rows * columns }, (_, i) => {
      const [row, column] = [Math.floor(i / columns), i % columns];
      let sum = 0;
      for (let k = 0; k < inner; k++) sum += a!.data[row * inner + k]! * b!.data[k * columns + column]!;
      return activation(alpha * sum + beta * (c?.data[column] ?? 0));
    });
    return float64(y, [rows, columns]);
  };

checkOp(fusedGemm, [
  {
    title: "a rectifier",
    inputs: [{ shape: [2, 3] }, { shape: [3, 2] }, { shape: [2] }],
    attributes: { activation: "Relu", alpha: 0.5, beta: 2 },
    reference: activated((z) => Math.max(0, z), 0.5, 2),
  },
  {
    title: "a leaky rectifier",
    inputs: [{ shape: [2, 3] }, { shape: [3, 2] }],
    attributes: { activation: "LeakyRelu", activation_alpha: 0.25 },
    reference: activated((z) => (z > 0 ? z : 0.25 * z)),
  },
  {
    title: "a sigmoid",
    inputs: [{ shape: [2, 3] }, { shape: [3, 2] }],
    attributes: { activation: "Sigmoid" },
    reference: activated((z) => 1 / (1 + Math.exp(-z))),
  },
  {
    title: "a hyperbolic tangent",
    inputs: [{ shape: [2, 3] }, { shape: [3, 2] }],
    attributes: { activation: "Tanh" },
    reference: activated(Math.tanh),
  },
]);

it("names the activation whose gradient does not follow from its value", () => {
  const g = new GraphBuilder();
  const a = g.input("a", "float32", [1, 1]);
  const y = g.op("FusedGemm", [a, a], { activation: "Softplus" }, { domain: "com.microsoft" });
  expect(() => gradient(g, y, [a])).toThrow(/expected an activation of Relu.*got Softplus/);
});
