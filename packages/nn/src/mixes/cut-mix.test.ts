import { float32, Random, Tensor } from "@athanor/core";
import { expect, it } from "vitest";
import { cutMix } from "./cut-mix.ts";

it("takes a rectangle of another picture, and as much of its class as that has of the area", () => {
  const pictures = float32(
    Float32Array.from({ length: 2 * 3 * 36 }, (_, i) => (i < 108 ? 1 : 2)),
    [2, 3, 6, 6],
  );
  const y = float32([1, 0, 0, 1], [2, 2]);
  for (let seed = 0; seed < 20; seed++) {
    const { x, y: shares } = cutMix({}).mix({ x: pictures, y }, Random.from(seed));
    const own = (x.data as Float32Array).subarray(0, 36).filter((value) => value === 1).length;
    expect(shares.data[0]).toBeCloseTo(own / 36, 5);
    expect(shares.data[2]).toBeCloseTo(1 - own / 36, 5);
    expect(x.data.subarray(36, 72)).toEqual(x.data.subarray(0, 36));
    expect([...x.data.subarray(108, 144)]).toEqual(Array.from(x.data.subarray(0, 36), (value) => 3 - value));
  }
});

it("keeps the type of the pixels", () => {
  const x = new Tensor("uint8", Uint8Array.of(1, 2), [2, 1, 1, 1]);
  expect(cutMix({}).mix({ x, y: float32([1, 0, 0, 1], [2, 2]) }, Random.from(1)).x.dtype).toBe("uint8");
});
