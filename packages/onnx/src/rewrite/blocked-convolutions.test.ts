import { float32, Random } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../graph/graph-builder.ts";
import type { Model } from "../model.ts";
import { checkRewrite } from "../testing/check-rewrite.ts";
import { openModel } from "../testing/run-model.ts";
import { blockProbe } from "./block-probe.ts";
import { blockedConvolutions } from "./blocked-convolutions.ts";

const { blocks } = await (await openModel(blockProbe()))({});
const block = blocks!.shape[1]!;
const random = Random.from(5);
const drawn = (shape: readonly number[]) =>
  float32(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal()),
    shape,
  );

/** Near zero, a sum of some hundred products of numbers around 1 keeps the rounding of its largest parts. */
const within = 5e-5;

async function opsOf(x: readonly number[], w: readonly number[], attributes: object, hasBias = true) {
  const g = new GraphBuilder();
  const feeds = { x: drawn(x), w: drawn(w), ...(hasBias ? { b: drawn([w[0]!]) } : {}) };
  const [input, weight, bias] = Object.entries(feeds).map(([name, { shape }]) => g.input(name, "float32", shape));
  g.output("y", g.op("Conv", [input, weight, bias], { ...attributes }));
  const { graph } = await checkRewrite(g.build(), (model) => blockedConvolutions(block)(model), feeds, within);
  return graph.nodes.flatMap(({ op }) => (op === "Identity" ? [] : [op]));
}

const pads = [1, 1, 1, 1];

describe.skipIf(block < 8)("blockedConvolutions (skipped where the runtime has no blocks)", () => {
  it("convolves whole blocks", async () => {
    const ops = await opsOf([2, 32, 12, 10], [16, 32, 3, 3], { pads });
    expect(ops).toEqual([
      "Reshape",
      "Transpose",
      "Reshape",
      "Transpose",
      "Reshape",
      "ReorderInput",
      "Conv",
      "ReorderOutput",
    ]);
  });

  it("fills blocks that are not whole, and reads few channels where they lie", async () => {
    expect(await opsOf([2, 20, 6, 5], [3, 20, 3, 3], { pads, strides: [2, 1] })).toContain("ReorderInput");
    const ops = await opsOf([2, 6, 7, 5], [10, 6, 3, 2], { dilations: [2, 1] }, false);
    expect(ops).toContain("ReorderOutput");
    expect(ops).not.toContain("ReorderInput");
  });

  it("leaves weights that are larger than what they see", async () => {
    expect(await opsOf([2, 32, 4, 4], [32, 32, 3, 3], { pads })).toEqual(["Conv"]);
  });

  it("convolves channels by themselves", async () => {
    const ops = await opsOf([2, 32, 7, 6], [32, 1, 3, 3], { group: 32, pads, strides: [2, 1] });
    expect(ops).toEqual(["Reshape", "Transpose", "Reshape", "ReorderInput", "Conv", "ReorderOutput"]);
    expect(await opsOf([2, 20, 4, 4], [20, 1, 3, 3], { group: 20 })).toEqual(["Conv"]);
  });

  it("blocks planes that stand for channels as the batch that they are", async () => {
    const g = new GraphBuilder();
    const feeds = { x: drawn([2, 16, 8, 7]), dy: drawn([2, 16, 4, 7]) };
    const [x, dy] = Object.entries(feeds).map(([name, { shape }]) => g.input(name, "float32", shape));
    const planes = { group: 32, pads, dilations: [2, 1] };
    g.output("dw", g.op("Conv", [g.reshape(x!, [1, 32, 8, 7]), g.reshape(dy!, [32, 1, 4, 7])], planes));
    const pass = (model: Model) => blockedConvolutions(block)(model);
    const { graph } = await checkRewrite(g.build(), pass, feeds, within);
    const reordered = graph.nodes.filter(({ op }) => op === "ReorderInput");
    expect(reordered.map(({ inputs }) => inputs[0]).sort()).toEqual(["dy", "x"]);
  });

  it("leaves groups, and channels that do not fill blocks by fours", async () => {
    expect(await opsOf([2, 32, 4, 4], [16, 16, 3, 3], { group: 2 })).toEqual(["Conv"]);
    expect(await opsOf([2, 18, 4, 4], [16, 18, 3, 3], { pads })).toEqual(["Conv"]);
    expect(await opsOf([2, 1, 4, 4], [16, 1, 3, 3], { pads })).toEqual(["Conv"]);
  });
});
