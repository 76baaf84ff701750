import { float32, Random, sizeOf } from "@athanor/core";
import { expect, it } from "vitest";
import { GraphBuilder } from "../graph/graph-builder.ts";
import { checkRewrite, operatorsOf } from "../testing/check-rewrite.ts";
import { unfuse } from "./unfuse.ts";

const random = Random.from(3);
const draw = (shape: readonly number[]) =>
  float32(
    Float32Array.from({ length: sizeOf(shape) }, () => random.normal()),
    shape,
  );
const attentions = unfuse(({ op }) => op.includes("Attention"));

it("writes an attention as products around a softmax", async () => {
  const g = new GraphBuilder();
  const x = g.input("x", "float32", [2, 3, 4]);
  const w = g.initializer("w", draw([4, 12]));
  const options = { domain: "com.microsoft" };
  const attended = g.op("Attention", [x, w, g.constant(draw([12]))], { num_heads: 2, unidirectional: 1 }, options);
  const [y, present] = g.ops("MultiHeadAttention", [attended, x, x], { num_heads: 2 }, { ...options, outputs: 3 });
  g.output("y", y!);
  g.output("present", present!);
  const after = await checkRewrite(g.build(), attentions, { x: draw([2, 3, 4]) });
  expect(operatorsOf(after).filter((op) => op === "Softmax")).toHaveLength(2);
  expect(operatorsOf(after).filter((op) => op.includes("Attention"))).toEqual([]);
  expect(after.graph.initializers.has("w")).toBe(true);
});

it("keeps what gives more than its parts do, and models without any", () => {
  const g = new GraphBuilder();
  const x = g.input("x", "float32", ["batch", 2]);
  g.output("y", g.relu(x));
  const model = g.build();
  expect(attentions(model)).toBe(model);
  expect(unfuse(({ op }) => op === "Relu")(model)).toBe(model);
});
