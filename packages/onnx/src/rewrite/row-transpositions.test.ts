import { float32, Random, type Tensor } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { GraphBuilder, type Value } from "../graph/graph-builder.ts";
import { checkRewrite } from "../testing/check-rewrite.ts";
import type { Pass } from "./pass.ts";
import { integersAt } from "./read-attribute.ts";
import { rewrite } from "./rewrite.ts";
import { rowTranspositions } from "./row-transpositions.ts";
import { trainingPasses } from "./training-passes.ts";

type Build = (g: GraphBuilder, input: (...shape: number[]) => Value) => Value;

/** The permutations that are left. */
async function left(
  build: Build,
  passes: readonly Pass[] = [rowTranspositions],
): Promise<readonly (readonly number[])[]> {
  const g = new GraphBuilder();
  const random = Random.from(8);
  const feeds: Record<string, Tensor> = {};
  g.output(
    "y",
    build(g, (...shape) => {
      const name = `in${Object.keys(feeds).length}`;
      const size = shape.reduce((a, b) => a * b, 1);
      feeds[name] = float32(
        Float32Array.from({ length: size }, () => random.normal()),
        shape,
      );
      return g.input(name, "float32", shape);
    }),
  );
  const after = await checkRewrite(g.build(), (model) => rewrite(model, passes), feeds);
  return after.graph.nodes.filter(({ op }) => op === "Transpose").map((node) => integersAt(node, "perm")!);
}

describe("rowTranspositions", () => {
  it("lets a product take the exchange of the innermost axes of either operand", async () => {
    const right: Build = (g, i) => g.matMul(i(2, 3, 4, 5), g.transpose(i(2, 6, 3, 5), [0, 2, 3, 1]));
    expect(await left(right)).toEqual([[0, 2, 1, 3]]);
    const both: Build = (g, i) =>
      g.matMul(g.transpose(i(2, 5, 3, 4), [0, 2, 3, 1]), g.transpose(i(2, 6, 3, 5), [0, 2, 3, 1]));
    expect(await left(both)).toEqual([
      [0, 2, 1, 3],
      [0, 2, 1, 3],
    ]);
  });

  it("turns a product whose result is transposed so", async () => {
    const build: Build = (g, i) => g.transpose(g.matMul(i(2, 3, 4, 5), i(2, 3, 5, 6)), [0, 3, 1, 2]);
    expect(await left(build)).toEqual([[0, 2, 1, 3]]);
  });

  it("comes to rest together with the passes that join transpositions", async () => {
    const scores: Build = (g, i) => {
      const heads = (x: Value) => g.transpose(g.reshape(x, [2, 4, 3, 5]), [0, 2, 1, 3]);
      return g.div(g.matMul(heads(i(2, 4, 15)), g.transpose(heads(i(2, 4, 15)), [0, 1, 3, 2])), 2);
    };
    expect(await left(scores, trainingPasses)).toEqual([
      [0, 2, 1, 3],
      [0, 2, 1, 3],
    ]);
  });

  it.each<[string, Build]>([
    ["rows that move whole", (g, i) => g.matMul(g.transpose(i(2, 3, 4, 5), [0, 2, 1, 3]), i(2, 4, 5, 6))],
    [
      "what something else reads",
      (g, i) => {
        const x = g.transpose(i(2, 4, 3, 4), [0, 2, 3, 1]);
        return g.add(g.matMul(x, i(2, 3, 4, 4)), x);
      },
    ],
    ["transpositions before anything else", (g, i) => g.exp(g.transpose(i(2, 5, 3, 4), [0, 2, 3, 1]))],
  ])("leaves %s", async (_, build) => {
    const g = new GraphBuilder();
    let count = 0;
    g.output(
      "y",
      build(g, (...shape) => g.input(`in${count++}`, "float32", shape)),
    );
    const model = g.build();
    expect(await rowTranspositions(model)).toBe(model);
  });
});
