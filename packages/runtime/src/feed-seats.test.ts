import { float32, isShared, Tensor } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { seatFeeds } from "./feed-seats.ts";
import { SeatMemory } from "./seat-memory.ts";

const drawn = (length: number) => float32(Float32Array.from({ length }, (_, i) => i));
const bufferOf = ({ data }: { readonly data: unknown }) => (data as Float32Array).buffer;

describe("seatFeeds", () => {
  it("places large tensors in shared memory, and leaves small ones and texts as they are", () => {
    const x = drawn(5001);
    const ids = new Tensor(
      "int64",
      BigInt64Array.from({ length: 4096 }, (_, i) => BigInt(i)),
      [4096],
    );
    const small = drawn(3);
    const words = new Tensor("string", ["猫"], [1]);
    const { feeds } = seatFeeds(new SeatMemory(), { x, small, ids, words });
    expect(feeds).toEqual({
      x: { dtype: "float32", data: x.data, shape: [5001] },
      small: { dtype: "float32", data: small.data, shape: [3] },
      ids: { dtype: "int64", data: ids.data, shape: [4096] },
      words: { dtype: "string", data: ["猫"], shape: [1] },
    });
    expect(isShared(feeds.x!.data as Float32Array)).toBe(true);
    expect(feeds.small!.data).toBe(small.data);
  });

  it("gives memory back once it was left", () => {
    const memory = new SeatMemory();
    const first = seatFeeds(memory, { x: drawn(5000) });
    first.leave();
    expect(bufferOf(seatFeeds(memory, { x: drawn(4500) }).feeds.x!)).toBe(bufferOf(first.feeds.x!));
  });

  it("cuts a small view out of its large buffer", () => {
    const view = float32(new Float32Array(10_000).subarray(10, 14));
    expect(bufferOf(seatFeeds(new SeatMemory(), { view }).feeds.view!).byteLength).toBe(16);
  });
});
