import { float32 } from "@athanor/core";
import { expect, it } from "vitest";
import { gradient } from "../autodiff/gradient.ts";
import { GraphBuilder } from "../graph/graph-builder.ts";
import { checkOp } from "../testing/check-op.ts";
import { openModel } from "../testing/run-model.ts";
import { layerNormalization } from "./layer-normalization.ts";

checkOp(layerNormalization, [
  { title: "the last axis", inputs: [{ shape: [2, 4] }, { shape: [4] }, { shape: [4] }] },
  { title: "the last two axes", inputs: [{ shape: [2, 2, 3] }, { shape: [2, 3] }], attributes: { axis: 1 } },
  { title: "its statistics as outputs", inputs: [{ shape: [2, 4] }, { shape: [4] }], outputs: 3 },
]);

it("passes on what flows back into its statistics", async () => {
  const g = new GraphBuilder();
  const x = g.input("x", "float32", [2, 4]);
  const [, mean, inverse] = g.ops("LayerNormalization", [x, g.constant([1, 2, 3, 4])], {}, { outputs: 3 });
  const centred = g.sub(x, g.reduceMean(x, [1], true));
  const deviation = g.sqrt(g.add(g.reduceMean(g.mul(centred, centred), [1], true), 1e-5));
  const own = g.reduceSum(g.mul(g.add(mean!, g.mul(inverse!, inverse!)), g.constant(float32([3, -2], [2, 1]))));
  const composed = g.reduceSum(
    g.mul(
      g.add(g.reduceMean(x, [1], true), g.div(1, g.mul(deviation, deviation))),
      g.constant(float32([3, -2], [2, 1])),
    ),
  );
  g.output("own", gradient(g, own, [x])[0]!);
  g.output("composed", gradient(g, composed, [x])[0]!);
  const results = await (await openModel(g.build()))({ x: float32([1, 5, 2, -3, 0, 1, 7, 2], [2, 4]) });
  for (const [i, expected] of (results.composed!.data as Float32Array).entries())
    expect(Number(results.own!.data[i])).toBeCloseTo(expected, 5);
});
