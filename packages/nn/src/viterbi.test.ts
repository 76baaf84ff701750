import { float32, int64, Random } from "@athanor/core";
import { GraphBuilder } from "@athanor/onnx";
import { openModel } from "@athanor/onnx/testing";
import { describe, expect, it } from "vitest";
import { viterbi } from "./viterbi.ts";

const [rows, steps, tags] = [3, 4, 3];
const random = Random.from(8);
const scores = Array.from({ length: rows * steps * tags * tags }, () => random.normal());
const score = (row: number, path: readonly number[]) =>
  path.reduce((sum, tag, t) => sum + scores[((row * steps + t) * tags + (path[t - 1] ?? 0)) * tags + tag]!, 0);

/** By trying every path. */
function bestPath(row: number, length: number): readonly number[] {
  const paths = Array.from({ length: tags ** length }, (_, i) =>
    Array.from({ length }, (_, t) => Math.floor(i / tags ** t) % tags),
  );
  return paths.reduce((best, path) => (score(row, path) > score(row, best) ? path : best));
}

async function decode(lengths?: readonly number[]): Promise<number[]> {
  const g = new GraphBuilder();
  const x = g.input("x", "float32", ["batch", steps, tags, tags]);
  g.output("tags", viterbi(g, x, lengths && g.input("lengths", "int64", ["batch"])));
  const feeds = { x: float32(scores, [rows, steps, tags, tags]), ...(lengths ? { lengths: int64(lengths) } : {}) };
  const { tags: found } = await (await openModel(g.build()))(feeds);
  return Array.from(found!.data, Number);
}

describe("viterbi", () => {
  it("finds the best of all paths", async () => {
    expect(await decode()).toEqual([0, 1, 2].flatMap((row) => bestPath(row, steps)));
  });

  it("ends each row at its length", async () => {
    const expected = [4, 2, 1].flatMap((length, row) => [...bestPath(row, length), ...Array(steps - length).fill(-1)]);
    expect(await decode([4, 2, 1])).toEqual(expected);
  });
});
