import { float32, Random, sizeOf } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { GraphBuilder, type Value } from "../graph/graph-builder.ts";
import { checkRewrite } from "../testing/check-rewrite.ts";
import { leadingSums } from "./leading-sums.ts";
import { rewrite } from "./rewrite.ts";

async function ops(shape: readonly number[], build: (g: GraphBuilder, x: Value) => Value): Promise<readonly string[]> {
  const g = new GraphBuilder();
  g.output("y", build(g, g.input("x", "float32", shape)));
  const random = Random.from(4);
  const x = float32(
    Float32Array.from({ length: sizeOf(shape) }, () => random.normal()),
    shape,
  );
  const after = await checkRewrite(g.build(), (model) => rewrite(model, [leadingSums]), { x });
  return after.graph.nodes.map(({ op }) => op).filter((op) => op.startsWith("ReduceSum") || op === "MatMul");
}

describe("leadingSums", () => {
  it.each([
    ["rows", [64, 128], [0], false],
    ["images", [4, 16, 9, 16], [0], true],
    ["two axes, the last first", [8, 16, 64], [1, 0], false],
    ["axes counted from the end", [8, 16, 64], [-3, -2], true],
  ])("multiplies by ones for %s", async (_, shape, axes, keepsAxes) => {
    expect(await ops(shape, (g, x) => g.reduceSum(x, axes, keepsAxes))).toEqual(["MatMul"]);
  });

  it.each([
    ["the last axis", [64, 128], [1]],
    ["axes apart", [8, 16, 64], [0, 2]],
    ["everything", [64, 128], [0, 1]],
    ["little", [4, 8], [0]],
  ])("leaves sums over %s", async (_, shape, axes) => {
    expect(await ops(shape, (g, x) => g.reduceSum(x, axes))).toEqual(["ReduceSum"]);
  });

  it("leaves whole numbers", async () => {
    const build = (g: GraphBuilder, x: Value) => g.cast(g.reduceSum(g.cast(x, "int64"), [0]), "float32");
    expect(await ops([64, 128], build)).toContain("ReduceSum");
  });
});
