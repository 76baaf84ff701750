import { float32 } from "@athanor/core";
import { GraphBuilder, writeModel } from "@athanor/onnx";
import { expect, it } from "vitest";
import { toPlain } from "./protocol.ts";
import { ShortRuns } from "./short-runs.ts";

const bytes = (() => {
  const g = new GraphBuilder();
  g.output("y", g.mul(g.input("x", "float32", ["batch"]), 2));
  return writeModel(g.build());
})();
const request = { bytes, threads: 1, isTraining: false };
const feeds = (length: number) => ({ x: toPlain(float32(new Float32Array(length).fill(3))) });

async function trusted(): Promise<ShortRuns> {
  const short = new ShortRuns(request, 1, true);
  expect(await short.run(feeds(4), ["y"])).toBeUndefined();
  for (let i = 0; i < 3; i++) short.note(feeds(4), 0.1);
  await expect.poll(() => short.run(feeds(4), ["y"]), { timeout: 10_000 }).toBeDefined();
  return short;
}

it("runs a model here after some short runs, and leaves larger inputs and long runs to the worker", async () => {
  const short = await trusted();
  const { results } = (await short.run(feeds(4), ["y"]))!;
  expect(Array.from(results.y!.data as Float32Array)).toEqual([6, 6, 6, 6]);
  const tiny = Float32Array.of(1e-40);
  expect(tiny[0]! * results.y!.shape[0]!).toBeGreaterThan(0);
  expect(await short.run(feeds(5), ["y"])).toBeUndefined();
  short.note(feeds(4), 50);
  expect(await short.run(feeds(4), ["y"])).toBeUndefined();
});

it("stays with the worker where loading is slow, and after it was closed", async () => {
  const slow = new ShortRuns(request, 100, true);
  for (let i = 0; i < 5; i++) slow.note(feeds(4), 0.1);
  const short = await trusted();
  await short.release();
  for (const each of [slow, short]) expect(await each.run(feeds(4), ["y"])).toBeUndefined();
});
