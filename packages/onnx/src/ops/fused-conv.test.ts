import { float64 } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { gradient } from "../autodiff/gradient.ts";
import { GraphBuilder } from "../graph/graph-builder.ts";
import { checkOp, type OpSample } from "../testing/check-op.ts";
import { convolved } from "../testing/convolved.ts";
import { fusedConv } from "./fused-conv.ts";

const inputs = [{ shape: [1, 2, 4, 4] }, { shape: [3, 2, 3, 3] }, { shape: [3] }];
const pads = [1, 1, 1, 1];

const activated =
  (activation: (x: number) => number, stance = {}): NonNullable<OpSample["reference"]> =>
  ([x, w, b, z]) => {
    const { data, shape } = convolved(stance)([x!, w!, b!]);
    return float64(
      data.map((value, i) => activation(value + (z?.data[i] ?? 0))),
      shape,
    );
  };
const relu = (x: number) => Math.max(x, 0);

checkOp(fusedConv, [
  { title: "no activation", inputs, reference: activated((x) => x) },
  { title: "Relu", inputs, attributes: { activation: "Relu", pads }, reference: activated(relu, { pads }) },
  {
    title: "a slope",
    inputs,
    attributes: { activation: "LeakyRelu", activation_params: [0.2] },
    reference: activated((x) => (x < 0 ? 0.2 * x : x)),
  },
  {
    title: "bounds",
    inputs,
    attributes: { activation: "Clip", activation_params: [-1, 2] },
    reference: activated((x) => Math.min(Math.max(x, -1), 2)),
  },
  {
    title: "a sum before the activation",
    inputs: [...inputs, { shape: [1, 3, 2, 2] }],
    attributes: { activation: "Relu" },
    reference: activated(relu),
  },
]);

describe("FusedConv", () => {
  it("is not computed a second time for its gradient", () => {
    const g = new GraphBuilder();
    const [x, w] = [g.input("x", "float32", [1, 16, 4, 4]), g.input("w", "float32", [3, 16, 3, 3])];
    const y = g.op("FusedConv", [x, w], { activation: "Relu" }, { domain: "com.microsoft" });
    g.output("dw", gradient(g, g.reduceSum(y), [w])[0]!);
    expect(g.build().graph.nodes.map(({ op }) => op)).not.toContain("Conv");
  });
});
