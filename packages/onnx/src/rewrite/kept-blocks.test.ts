import { float32, Random } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { gradient } from "../autodiff/gradient.ts";
import { GraphBuilder, type Value } from "../graph/graph-builder.ts";
import { checkRewrite, operatorsOf } from "../testing/check-rewrite.ts";
import { openModel } from "../testing/run-model.ts";
import { blockProbe } from "./block-probe.ts";
import { blockedConvolutions } from "./blocked-convolutions.ts";
import { commonSubexpressions } from "./common-subexpressions.ts";
import { keptBlocks } from "./kept-blocks.ts";
import { rewrite } from "./rewrite.ts";

const { blocks } = await (await openModel(blockProbe()))({});
const block = blocks!.shape[1]!;
const random = Random.from(7);
const drawn = (shape: readonly number[]) =>
  float32(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal()),
    shape,
  );

const shapes = { x: [2, 16, 6, 5], v: [16, 1, 3, 3], w: [16, 1, 3, 3] } as const;
const feeds = Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, drawn(shape)]));

/** Operators of two convolutions of each channel, with something between them, before and after blocks are kept. */
async function counted(between: (g: GraphBuilder, y: Value) => Value, trains = false) {
  const g = new GraphBuilder();
  const [x, v, w] = Object.entries(shapes).map(([name, shape]) => g.input(name, "float32", shape));
  const convolved = (value: Value, weight: Value) => g.op("Conv", [value, weight], { group: 16, pads: [1, 1, 1, 1] });
  const y = convolved(between(g, convolved(x!, v!)), w!);
  if (trains) for (const [i, dw] of gradient(g, g.reduceSum(g.mul(y, y)), [v!, w!]).entries()) g.output(`dw${i}`, dw);
  else g.output("y", y);
  const before = await rewrite(await blockedConvolutions(block)(g.build()), [commonSubexpressions]);
  const after = await checkRewrite(before, (model) => rewrite(model, [keptBlocks(block)]), feeds, 1e-4);
  const reorders = (ops: readonly string[]) => ops.filter((op) => op.startsWith("Reorder")).length;
  return [reorders(operatorsOf(before)), reorders(operatorsOf(after))];
}

describe.skipIf(block < 8)("keptBlocks (skipped where the runtime has no blocks)", () => {
  it("works on blocks what sees each element by itself", async () => {
    expect(await counted((g, y) => g.op("Clip", [y, g.constant(0), g.constant(6)]))).toEqual([4, 2]);
    expect(await counted((g, y) => g.relu(g.add(y, g.sigmoid(y))))).toEqual([4, 2]);
  });

  it("keeps blocks through a backward pass", async () => {
    const [before, after] = await counted((g, y) => g.op("Clip", [y, g.constant(0), g.constant(1)]), true);
    expect(after).toBeLessThan(before! - 2);
  });

  it("puts in order what looks along an axis", async () => {
    expect(await counted((g, y) => g.softmax(y, 3))).toEqual([4, 4]);
    expect(await counted((g, y) => g.mul(y, g.reduceSum(y, [2], true)))).toEqual([4, 4]);
  });
});
