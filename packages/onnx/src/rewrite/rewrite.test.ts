import { float32 } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../graph/graph-builder.ts";
import { checkRewrite, operatorsOf } from "../testing/check-rewrite.ts";
import { algebraic } from "./algebraic.ts";
import { commonSubexpressions } from "./common-subexpressions.ts";
import { foldBatchNorm } from "./fold-batch-norm.ts";
import { matrixProducts } from "./matrix-products.ts";
import type { Pass } from "./pass.ts";
import { rewrite } from "./rewrite.ts";
import { unfoldBatchNorm } from "./unfold-batch-norm.ts";

describe("rewrite", () => {
  it("goes on until no pass finds anything", async () => {
    const g = new GraphBuilder();
    const [x, w] = [g.input("x", "float32", [2, 2]), g.input("w", "float32", [2, 2])];
    const product = () => g.matMul(x, g.transpose(g.neg(g.neg(w))));
    g.output("y", g.add(product(), g.mul(product(), 1)));
    const feeds = { x: float32([1, 2, 3, 4], [2, 2]), w: float32([5, 6, 7, 8], [2, 2]) };
    const after = await checkRewrite(
      g.build(),
      (model) => rewrite(model, [algebraic, commonSubexpressions, matrixProducts]),
      feeds,
    );
    expect(operatorsOf(after)).toEqual(["Gemm", "Add"]);
  });

  it("returns the very same model when there is nothing to do", async () => {
    const g = new GraphBuilder();
    g.output("y", g.exp(g.input("x", "float32", [2])));
    const model = await algebraic(g.build());
    expect(await rewrite(model, [algebraic, commonSubexpressions, matrixProducts, foldBatchNorm])).toBe(model);
  });

  it("keeps every name where several outputs are one value", async () => {
    const g = new GraphBuilder();
    const a = g.input("a", "float32", [2]);
    for (const name of ["p", "q", "r"]) g.output(name, g.tanh(g.neg(g.neg(g.exp(a)))));
    const pass: Pass = (model) => rewrite(model, [algebraic, commonSubexpressions]);
    const after = await checkRewrite(g.build(), pass, { a: float32([1, -2]) });
    expect(operatorsOf(after)).toEqual(["Exp", "Tanh"]);
  });

  it("names passes that undo each other", async () => {
    const g = new GraphBuilder();
    const x = g.input("x", "float32", [1, 2, 3, 3]);
    g.output("y", g.op("Conv", [x, g.constant(float32(new Float32Array(4), [2, 2, 1, 1]))]));
    await expect(rewrite(g.build(), [unfoldBatchNorm(), foldBatchNorm])).rejects.toMatchObject({
      code: "onnx/no-fixed-point",
      details: { fired: ["unfoldBatchNorm", "foldBatchNorm"] },
    });
  });
});
