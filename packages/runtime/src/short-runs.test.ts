import { float32 } from "@athanor/core";
import { GraphBuilder, writeModel } from "@athanor/onnx";
import { expect, it } from "vitest";
import { engine } from "#engine";
import { machineCores } from "./machine-cores.ts";
import { toPlain } from "./protocol.ts";
import { ShortRuns } from "./short-runs.ts";
import { startWorker } from "./worker-client.ts";

const bytes = (() => {
  const g = new GraphBuilder();
  g.output("y", g.mul(g.input("x", "float32", ["batch"]), 2));
  return writeModel(g.build());
})();
const load = async () => {
  const worker = startWorker();
  const { optimized } = (await worker.request("optimize", { bytes, threads: 1, isTraining: false }))!;
  await worker.terminate();
  return engine.openHere!(optimized, 1);
};
const feeds = (length: number) => ({ x: toPlain(float32(new Float32Array(length).fill(3))) });

const again = (milliseconds: number) => async () => ({ milliseconds });

async function trusted(): Promise<ShortRuns> {
  const short = new ShortRuns(1, load);
  expect(await short.run(feeds(4), ["y"])).toBeUndefined();
  for (let i = 0; i < 3; i++) short.note(feeds(4), 0.1, again(0.1));
  await expect.poll(() => short.run(feeds(4), ["y"]), { timeout: 10_000 }).toBeDefined();
  return short;
}

it("runs a model here after some short runs, and leaves larger inputs to the worker", async () => {
  const short = await trusted();
  const { results } = (await short.run(feeds(4), ["y"]))!;
  expect(Array.from(results.y!.data as Float32Array)).toEqual([6, 6, 6, 6]);
  const tiny = Float32Array.of(1e-40);
  expect(tiny[0]! * results.y!.shape[0]!).toBeGreaterThan(0);
  expect(await short.run(feeds(5), ["y"])).toBeUndefined();
  await short.release();
});

it("leaves runs to the worker after a long one, and takes them back after twice as many short ones", async () => {
  const short = await trusted();
  short.note(feeds(4), 50, again(50));
  await new Promise((resolve) => setTimeout(resolve));
  for (let i = 0; i < 6; i++) {
    expect(await short.run(feeds(4), ["y"])).toBeUndefined();
    short.note(feeds(4), 0.1, again(0.1));
  }
  expect(await short.run(feeds(4), ["y"])).toBeDefined();
  await short.release();
});

it("goes on here after a run that took long only because the machine was busy", async () => {
  const short = await trusted();
  const took = [30, 0.1];
  short.note(feeds(4), 50, async () => ({ milliseconds: took.shift()! }));
  expect(await short.run(feeds(4), ["y"])).toBeUndefined();
  await expect.poll(() => short.run(feeds(4), ["y"])).toBeDefined();
  expect(took).toEqual([]);
  await short.release();
});

it("runs none here while others have the cores", async () => {
  const short = await trusted();
  const other = {};
  machineCores.take(other, Infinity, () => {});
  expect(await short.run(feeds(4), ["y"])).toBeUndefined();
  machineCores.give(other);
  expect(await short.run(feeds(4), ["y"])).toBeDefined();
  await short.release();
});

it("stays with the worker where the model cannot be loaded here, and after it was closed", async () => {
  const short = await trusted();
  await short.release();
  const others = [new ShortRuns(1), new ShortRuns(1, async () => undefined), new ShortRuns(1, () => Promise.reject())];
  for (const each of others) {
    for (let i = 0; i < 5; i++) each.note(feeds(4), 0.1, again(0.1));
    await new Promise((resolve) => setTimeout(resolve));
  }
  for (const each of [short, ...others]) expect(await each.run(feeds(4), ["y"])).toBeUndefined();
});
