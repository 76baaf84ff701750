import { float32, float64, Tensor } from "@athanor/core";
import { expect, it } from "vitest";
import { gradient } from "../autodiff/gradient.ts";
import { GraphBuilder } from "../graph/graph-builder.ts";
import { lower } from "../graph/lower.ts";
import { checkOp } from "../testing/check-op.ts";
import { openModel } from "../testing/run-model.ts";
import { matMulInteger } from "./mat-mul-integer.ts";

// Steps have no slope: what passes through them is tested with the walk.
checkOp(matMulInteger, [
  {
    title: "a zero point on the left",
    inputs: [
      { shape: [1, 2], dtype: "uint8", values: [130, 126] },
      { shape: [2, 2], dtype: "int8", values: [1, -2, 3, 4] },
      { shape: [], dtype: "uint8", values: [128] },
    ],
    hasGradient: false,
    reference: () => float64([-4, -12], [1, 2]),
  },
]);

it("takes a zero point a row on the left and a column on the right, forth and back", async () => {
  const g = new GraphBuilder();
  const x = g.input("x", "float32", [2, 2]);
  const rows = g.constant(new Tensor("uint8", Uint8Array.of(100, 120), [2]));
  const steps = [g.constant([1, 1]), rows] as const;
  const columns = g.constant(new Tensor("int8", Int8Array.of(1, -1, 2), [3]));
  const b = g.constant(new Tensor("int8", Int8Array.of(1, 2, 3, -4, 5, 6), [2, 3]));
  const y = g.cast(
    g.op("MatMulInteger", [g.op("QuantizeLinear", [x, ...steps], { axis: 0 }), b, rows, columns]),
    "float32",
  );
  g.output("y", y);
  g.output("dx", gradient(g, g.reduceSum(g.mul(y, g.constant([1, 2, 3]))), [x])[0]!);
  const results = await (await openModel(lower(g).build()))({ x: float32([1, 2, -3, 4], [2, 2]) });
  // b less its zero points is [[0, 3, 1], [-5, 6, 4]].
  expect(Array.from(results.y!.data, Number)).toEqual([-10, 15, 9, -20, 15, 13]);
  expect(Array.from(results.dx!.data, Number)).toEqual([9, 19, 9, 19]);
});
