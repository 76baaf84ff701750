import { float32, Tensor } from "@athanor/core";
import { GraphBuilder, readModel, writeModel } from "@athanor/onnx";
import { describe, expect, it } from "vitest";
import { openSession } from "./open-session.ts";

function model() {
  const g = new GraphBuilder();
  const x = g.input("x", "float32", ["batch", 2]);
  const t = g.input("t", "string", ["batch"]);
  g.output("y", g.matMul(x, g.constant(float32([1, 2, 3, 4], [2, 2]))));
  g.output(
    "code",
    g.op("LabelEncoder", [t], { keys_strings: ["猫"], values_int64s: [7], default_int64: 0 }, { domain: "ai.onnx.ml" }),
  );
  return g.build();
}

describe("openSession", () => {
  it("runs numbers and texts in a worker", async () => {
    await using session = await openSession(model());
    const feeds = { x: float32([1, 0, 0, 1], [2, 2]), t: new Tensor("string", ["猫", "dog"], [2]) };
    const { y, code } = await session.run(feeds);
    expect(Array.from(y!.data as Float32Array)).toEqual([1, 2, 3, 4]);
    expect(code!.data).toEqual(BigInt64Array.of(7n, 0n));
    expect(Object.keys(await session.run(feeds, { outputs: ["y"] }))).toEqual(["y"]);
  });

  it("refuses outputs of four bits, which the binding does not survive", async () => {
    const g = new GraphBuilder();
    g.output("y", g.cast(g.input("x", "float32", [2]), "int4"));
    await using session = await openSession(g.build());
    await expect(session.run({ x: float32([1, 2]) })).rejects.toMatchObject({ code: "runtime/output" });
  });

  it("keeps the event loop free while a model runs", async () => {
    const g = new GraphBuilder();
    const x = g.input("x", "float32", [1200, 1200]);
    g.output(
      "y",
      [1, 2, 3].reduce((value) => g.matMul(value, x), x),
    );
    await using session = await openSession(g.build());
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await session.run({ x: float32(new Float32Array(1200 * 1200), [1200, 1200]) });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(2);
  });

  it("stops waiting as soon as a signal aborts, and runs again", async () => {
    await using session = await openSession(model());
    const feeds = { x: float32([1, 0], [1, 2]), t: new Tensor("string", [""], [1]) };
    const controller = new AbortController();
    const run = session.run(feeds, { signal: controller.signal });
    controller.abort();
    await expect(run).rejects.toBe(controller.signal.reason);
    expect(Array.from((await session.run(feeds)).y!.data as Float32Array)).toEqual([1, 2]);
  });

  it("sends a large model without a copy that blocks", async () => {
    const g = new GraphBuilder();
    const weight = float32(new Float32Array(1300 * 1300).fill(1), [1300, 1300]);
    g.output("y", g.matMul(g.input("x", "float32", [1, 1300]), g.initializer("w", weight)));
    await using session = await openSession(readModel(writeModel(g.build())));
    const { y } = await session.run({ x: float32(new Float32Array(1300).fill(1), [1, 1300]) });
    expect(y!.data[7]).toBe(1300);
  });

  it("takes a small view of a large buffer", async () => {
    await using session = await openSession(model());
    const x = float32(new Float32Array(1000).fill(1).subarray(4, 6), [1, 2]);
    const { y } = await session.run({ x, t: new Tensor("string", [""], [1]) });
    expect(Array.from(y!.data as Float32Array)).toEqual([4, 6]);
  });

  it("carries half precision as its bits", async () => {
    const g = new GraphBuilder();
    const x = g.input("x", "float16", [2]);
    g.output("twice", g.add(x, x));
    g.output("wide", g.cast(x, "float32"));
    await using session = await openSession(g.build());
    const { twice, wide } = await session.run({ x: new Tensor("float16", Uint16Array.of(0x3c00, 0xc000), [2]) });
    expect(twice).toEqual(new Tensor("float16", Uint16Array.of(0x4000, 0xc400), [2]));
    expect(Array.from(wide!.data as Float32Array)).toEqual([1, -2]);
  });

  it.each([
    ["a missing input", { x: float32([1, 2], [1, 2]) }, /input t to be string \[batch\], got nothing/],
    [
      "a wrong shape",
      { x: float32([1, 2, 3], [1, 3]), t: new Tensor("string", [""], [1]) },
      /input x to be float32 \[batch, 2\], got float32 \[1, 3\]/,
    ],
    ["an unknown name", { z: float32([1]) }, /one of the inputs x, t, got z/],
  ])("names %s", async (_, feeds, message) => {
    await using session = await openSession(model());
    await expect(session.run(feeds as never)).rejects.toThrow(message);
  });

  it("refuses bytes that are not a model", async () => {
    await expect(openSession(new Uint8Array([1, 2, 3]))).rejects.toMatchObject({ code: "runtime/run" });
  });

  it("finishes what was asked for before it was disposed of", async () => {
    const session = await openSession(model());
    const running = session.run({ x: float32([1, 0], [1, 2]), t: new Tensor("string", ["猫"], [1]) });
    await session[Symbol.asyncDispose]();
    expect((await running).y!.data).toEqual(Float32Array.of(1, 2));
  });

  it("says that a disposed session is closed", async () => {
    const session = await openSession(model());
    await session[Symbol.asyncDispose]();
    await expect(session.run({})).rejects.toMatchObject({ code: "runtime/closed" });
  });
});

describe("a model of short runs", () => {
  it("gives the same numbers when runs move to the caller's thread, and closes what it opened there", async () => {
    const session = await openSession(model());
    const feeds = { x: float32([1, 0, 0, 1], [2, 2]), t: new Tensor("string", ["猫", "dog"], [2]) };
    const numbers = { x: feeds.x };
    const first = await session.run(feeds);
    for (let i = 0; i < 12; i++) expect((await session.run(feeds)).y).toEqual(first.y);
    await expect(session.run(numbers as never)).rejects.toMatchObject({ code: "runtime/input" });
    const wide = {
      x: float32(new Float32Array(2000).fill(1), [1000, 2]),
      t: new Tensor("string", Array(1000).fill("猫"), [1000]),
    };
    expect((await session.run(wide)).y!.shape).toEqual([1000, 2]);
    expect(new Error("of the caller").stack).toContain("open-session.test");
    await session[Symbol.asyncDispose]();
    await expect(session.run(feeds)).rejects.toMatchObject({ code: "runtime/closed" });
  });
});
