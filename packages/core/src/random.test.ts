import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Random } from "./random.ts";

const draws = (random: Random, count: number) => Array.from({ length: count }, () => random.uint32());

describe("Random", () => {
  it("gives the generator's published words for key and counter zero", () => {
    expect(draws(Random.from(0), 4)).toEqual([0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
  });

  it("continues exactly where its state was taken", () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 0, max: 50 }), (seed, skip) => {
        const random = Random.from(seed);
        draws(random, skip);
        const { state } = random;
        expect(draws(Random.resume(JSON.parse(JSON.stringify(state))), 9)).toEqual(draws(random, 9));
      }),
    );
  });

  it("splits into streams that depend on the label, not on what was drawn", () => {
    const random = Random.from(3);
    const before = draws(random.split("weights"), 5);
    draws(random, 100);
    expect(draws(random.split("weights"), 5)).toEqual(before);
    expect(draws(random.split("masks"), 5)).not.toEqual(before);
  });

  it("has the moments of its distributions", () => {
    const random = Random.from(1);
    const normals = Float64Array.from({ length: 50_000 }, () => random.normal());
    const mean = normals.reduce((sum, v) => sum + v, 0) / normals.length;
    const variance = normals.reduce((sum, v) => sum + (v - mean) ** 2, 0) / normals.length;
    expect(Math.abs(mean)).toBeLessThan(0.02);
    expect(Math.abs(variance - 1)).toBeLessThan(0.03);
  });

  it("permutes without loss", () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 0, max: 64 }), (seed, length) => {
        expect([...Random.from(seed).permutation(length)].sort((a, b) => a - b)).toEqual(
          Array.from({ length }, (_, i) => i),
        );
      }),
    );
  });

  it("draws whole numbers below the bound, each about equally often", () => {
    const counts = new Array<number>(7).fill(0);
    const random = Random.from(11);
    for (let i = 0; i < 7_000; i++) counts[random.integer(7)]!++;
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});
