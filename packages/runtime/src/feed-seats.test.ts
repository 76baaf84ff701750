import { float32, isShared, Tensor } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { FeedSeats } from "./feed-seats.ts";

const drawn = (length: number) => float32(Float32Array.from({ length }, (_, i) => i));
const bufferOf = ({ data }: { readonly data: unknown }) => (data as Float32Array).buffer;

describe("FeedSeats", () => {
  it("places large tensors side by side in shared memory, and leaves small ones and texts as they are", () => {
    const x = drawn(5001);
    const ids = new Tensor(
      "int64",
      BigInt64Array.from({ length: 4096 }, (_, i) => BigInt(i)),
      [4096],
    );
    const small = drawn(3);
    const words = new Tensor("string", ["猫"], [1]);
    const { feeds } = new FeedSeats().seat({ x, small, ids, words });
    expect(feeds).toEqual({
      x: { dtype: "float32", data: x.data, shape: [5001] },
      small: { dtype: "float32", data: small.data, shape: [3] },
      ids: { dtype: "int64", data: ids.data, shape: [4096] },
      words: { dtype: "string", data: ["猫"], shape: [1] },
    });
    expect(isShared(feeds.x!.data as Float32Array)).toBe(true);
    expect(bufferOf(feeds.ids!)).toBe(bufferOf(feeds.x!));
    expect(feeds.small!.data).toBe(small.data);
  });

  it("gives memory again once it was left, and never to two at once", () => {
    const seats = new FeedSeats();
    const [first, second] = [seats.seat({ x: drawn(5000) }), seats.seat({ x: drawn(5000) })];
    expect(bufferOf(first.feeds.x!)).not.toBe(bufferOf(second.feeds.x!));
    first.leave();
    expect(bufferOf(seats.seat({ x: drawn(4500) }).feeds.x!)).toBe(bufferOf(first.feeds.x!));
  });

  it("cuts a small view out of its large buffer", () => {
    const view = float32(new Float32Array(10_000).subarray(10, 14));
    expect(bufferOf(new FeedSeats().seat({ view }).feeds.view!).byteLength).toBe(16);
  });
});
