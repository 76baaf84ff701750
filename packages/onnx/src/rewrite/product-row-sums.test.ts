import { float32, Random } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { gradient } from "../autodiff/gradient.ts";
import { GraphBuilder, type Value } from "../graph/graph-builder.ts";
import { checkRewrite } from "../testing/check-rewrite.ts";
import { productRowSums } from "./product-row-sums.ts";
import { rewrite } from "./rewrite.ts";

const shapes = { scores: [2, 3, 5, 7], v: [2, 3, 7, 4], dy: [2, 3, 5, 4] } as const;
const random = Random.from(3);
const feeds = Object.fromEntries(
  Object.entries(shapes).map(([name, shape]) => [
    name,
    float32(
      Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal()),
      shape,
    ),
  ]),
);

/** Whether rows are sums of what a product with the values gives. */
async function summed(mix: (g: GraphBuilder, weights: Value, v: Value) => Value): Promise<readonly unknown[]> {
  const g = new GraphBuilder();
  const [scores, v, dy] = Object.entries(shapes).map(([name, shape]) => g.input(name, "float32", shape));
  const y = mix(g, g.softmax(scores!), v!);
  const loss = g.reduceSum(g.mul(y, dy!));
  g.output("y", y);
  g.output("dscores", gradient(g, loss, [scores!])[0]!);
  const { graph } = await checkRewrite(g.build(), (model) => rewrite(model, [productRowSums]), feeds);
  const terms = graph.nodes.flatMap(({ op, inputs }) => (op === "ReduceSum" && inputs[1] ? [inputs[0]] : []));
  const mixed = graph.nodes.find(({ op }) => op === "MatMul")!.outputs[0]!;
  return terms.map((name) => graph.nodes.find(({ outputs }) => outputs[0] === name)!.inputs.includes(mixed));
}

describe("productRowSums", () => {
  it("sums the short rows of an attention's gradient", async () => {
    expect(await summed((g, weights, v) => g.matMul(weights, v))).toEqual([true]);
  });

  it("leaves weights that are changed before they meet the values", async () => {
    expect(await summed((g, weights, v) => g.matMul(g.mul(weights, weights), v))).toEqual([false]);
  });
});
