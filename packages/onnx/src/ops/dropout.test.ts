import { float32, Tensor } from "@athanor/core";
import { expect, it } from "vitest";
import { gradient } from "../autodiff/gradient.ts";
import { GraphBuilder } from "../graph/graph-builder.ts";
import { checkOp } from "../testing/check-op.ts";
import { openModel } from "../testing/run-model.ts";
import { dropout } from "./dropout.ts";

checkOp(dropout, [
  { title: "inference", inputs: [{ shape: [2, 3] }] },
  {
    title: "training is off",
    inputs: [{ shape: [2, 3] }, { shape: [], values: [0.5] }, { shape: [], dtype: "bool", values: [0] }],
    outputs: 2,
  },
]);

it("lets through in training what the mask let through, scaled alike", async () => {
  const g = new GraphBuilder();
  const x = g.input("x", "float32", [64]);
  const training = g.constant(new Tensor("bool", Uint8Array.of(1), []));
  const [y] = g.ops("Dropout", [x, g.constant(0.25), training], { seed: 3 }, { outputs: 2 });
  g.output("y", y!);
  g.output("dx", gradient(g, g.reduceSum(y!), [x])[0]!);
  const { y: values, dx } = await (await openModel(g.build()))({ x: float32(new Array(64).fill(1)) });
  expect(dx!.data).toEqual(values!.data);
  expect(new Set(values!.data as Float32Array)).toEqual(new Set([0, Math.fround(4 / 3)]));
});

it("asks for the mask where training needs it", () => {
  const g = new GraphBuilder();
  const x = g.input("x", "float32", [4]);
  const training = g.constant(new Tensor("bool", Uint8Array.of(1), []));
  const y = g.op("Dropout", [x, undefined, training]);
  expect(() => gradient(g, g.reduceSum(y), [x])).toThrow(/expected a second output, the mask/);
});
