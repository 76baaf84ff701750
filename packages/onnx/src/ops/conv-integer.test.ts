import { float32, float64, Tensor } from "@athanor/core";
import { expect, it } from "vitest";
import { gradient } from "../autodiff/gradient.ts";
import { GraphBuilder } from "../graph/graph-builder.ts";
import { lower } from "../graph/lower.ts";
import { checkOp } from "../testing/check-op.ts";
import { openModel } from "../testing/run-model.ts";
import { convInteger } from "./conv-integer.ts";

// Steps have no slope: what passes through them is tested with the walk.
checkOp(convInteger, [
  {
    title: "a series with a zero point",
    inputs: [
      { shape: [1, 1, 4, 1], dtype: "uint8", values: [2, 3, 4, 6] },
      { shape: [1, 1, 2, 1], dtype: "uint8", values: [1, 2] },
      { shape: [], dtype: "uint8", values: [1] },
    ],
    hasGradient: false,
    reference: () => float64([5, 8, 13], [1, 1, 3, 1]),
  },
]);

it("takes a zero point a map, forth and back", async () => {
  const g = new GraphBuilder();
  const x = g.input("x", "float32", [1, 2, 1, 2]);
  const [one, zero] = [g.constant(1), g.constant(5, "uint8")];
  const kernel = g.constant(new Tensor("uint8", Uint8Array.of(3, 4, 5, 6, 7, 8, 9, 10), [4, 1, 1, 2]));
  const zeros = g.constant(new Tensor("uint8", Uint8Array.of(1, 2, 3, 4), [4]));
  const options = { group: 2, pads: [0, 0, 0, 1] };
  const y = g.cast(
    g.op("ConvInteger", [g.op("QuantizeLinear", [x, one, zero]), kernel, zero, zeros], options),
    "float32",
  );
  g.output("y", y);
  g.output("dx", gradient(g, g.reduceSum(y), [x])[0]!);
  const results = await (await openModel(lower(g).build()))({ x: float32([1, 2, 3, 4], [1, 2, 1, 2]) });
  // The kernels less their zero points are [2, 3], [3, 4], [4, 5] and [5, 6]; what is padded is zero.
  expect(Array.from(results.y!.data, Number)).toEqual([8, 4, 11, 6, 32, 16, 39, 20]);
  expect(Array.from(results.dx!.data, Number)).toEqual([5, 12, 9, 20]);
});
