import { float32, int64, type Tensor } from "@athanor/core";
import { expect, it } from "vitest";
import { gradient } from "../autodiff/gradient.ts";
import { GraphBuilder } from "../graph/graph-builder.ts";
import { openModel } from "../testing/run-model.ts";
import { hoistWeights } from "./hoist-weights.ts";
import { trainable } from "./trainable.ts";
import { withWeights } from "./with-weights.ts";

/** Three steps of s ← s ⊙ w, the weight stored in the body. */
function repeated() {
  const g = new GraphBuilder();
  const x = g.input("x", "float32", [2]);
  const body = g.body(
    [
      { dtype: "int64", shape: [] },
      { dtype: "bool", shape: [] },
      { dtype: "float32", shape: [2] },
    ],
    (inner, [, going, state]) => [inner.identity(going!), inner.mul(state!, inner.initializer("w", float32([2, 3])))],
  );
  g.output("y", g.op("Loop", [g.constant(int64([3], [])), undefined, x], { body }));
  return g.build();
}

it("trains the weight of a loop's body, and puts it back where it was", async () => {
  const model = repeated();
  const g = GraphBuilder.from(model);
  expect(trainable(g).map(({ name }) => name)).toEqual(["w"]);
  g.output("dw", gradient(g, g.reduceSum(g.value("y")), [g.value("w")])[0]!);
  const feeds: Record<string, Tensor> = { x: float32([1, 10]) };
  const { dw } = await (await openModel(g.build()))(feeds);
  expect(Array.from(dw!.data as Float32Array)).toEqual([12, 270]);

  const moved = withWeights(model, { w: float32([1, 2]) });
  expect(moved.graph.initializers.has("w")).toBe(false);
  expect((await (await openModel(moved))(feeds)).y!.data).toEqual(Float32Array.of(1, 80));
});

it("leaves a name that stands for several values where it is", () => {
  const { graph } = repeated();
  const twice = { ...graph, nodes: [...graph.nodes, ...graph.nodes] };
  expect(hoistWeights(twice).initializers.has("w")).toBe(false);
});
