import { describe, expect, it } from "vitest";
import { SeatMemory } from "./seat-memory.ts";

const seats = (rows: number) =>
  ({
    x: { dtype: "float32", shape: [rows, 3] },
    ids: { dtype: "int64", shape: [rows] },
    isToken: { dtype: "bool", shape: [rows] },
  }) as const;

describe("SeatMemory", () => {
  it("places tensors side by side", () => {
    const { tensors, memory } = new SeatMemory().take(seats(5));
    expect(Object.values(tensors).map(({ dtype, shape }) => [dtype, shape])).toEqual([
      ["float32", [5, 3]],
      ["int64", [5]],
      ["bool", [5]],
    ]);
    (tensors.x!.data as Float32Array).fill(7);
    (tensors.isToken!.data as Uint8Array).fill(1);
    expect(tensors.ids!.data).toEqual(new BigInt64Array(5));
    expect(new Set(Object.values(tensors).map(({ data }) => (data as Float32Array).buffer))).toEqual(new Set([memory]));
  });

  it("gives the smallest piece that is large enough, and never one to two at once", () => {
    const pool = new SeatMemory();
    const [small, large] = [pool.take(seats(10)), pool.take(seats(100))];
    expect(large.memory).not.toBe(small.memory);
    pool.give(large);
    pool.give(small);
    expect(pool.take(seats(8)).memory).toBe(small.memory);
    expect(pool.take(seats(8)).memory).toBe(large.memory);
  });

  it("lets a piece go that has become too small, and those beyond its measure", () => {
    const pool = new SeatMemory(1);
    const [small, large] = [pool.take(seats(10)), pool.take(seats(100))];
    pool.give(small);
    pool.give(large);
    expect(pool.take(seats(50)).memory).not.toBe(large.memory);
    expect(pool.take(seats(10)).memory).not.toBe(small.memory);
  });
});
