import { Random } from "@athanor/core";
import { expect, it } from "vitest";
import { byLength } from "./by-length.ts";

const random = Random.from(3);
const lengths = Uint32Array.from({ length: 103 }, () => 1 + random.integer(50));
const sampler = byLength({ lengths, batchSize: 10, together: 5 });

it("gives each row once, in another order each time, and the same for the same stream", () => {
  const order = sampler.order(103, Random.from(1));
  expect(order.toSorted()).toEqual(Uint32Array.from({ length: 103 }, (_, row) => row));
  expect(sampler.order(103, Random.from(1))).toEqual(order);
  expect(sampler.order(103, Random.from(2))).not.toEqual(order);
});

it("puts rows of like length into a batch", () => {
  const order = sampler.order(103, Random.from(1));
  const padded = (rows: Uint32Array) => {
    let sum = 0;
    for (let at = 0; at < 100; at += 10) {
      const own = Array.from(rows.subarray(at, at + 10), (row) => lengths[row]!);
      sum += 10 * Math.max(...own) - own.reduce((a, b) => a + b);
    }
    return sum;
  };
  expect(padded(order)).toBeLessThan(padded(Random.from(1).permutation(103)) / 2);
});
