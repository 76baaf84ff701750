import { Tensor, zeros } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { bucketed, writeMask, writePadded } from "./step-inputs.ts";

describe("bucketed", () => {
  it("takes the next bucket, the next power of two, or the length itself", () => {
    expect(
      bucketed({ a: 33, b: 33, c: 33, d: 1 }, { a: [128, 64, 32], b: "powers of two", d: "powers of two" }),
    ).toEqual({
      a: 64,
      b: 64,
      c: 33,
      d: 1,
    });
  });
});

describe("writePadded", () => {
  it("puts a tensor into the corner of a larger one", () => {
    const target = new Tensor("int64", new BigInt64Array(12).fill(5n), [2, 2, 3]);
    writePadded(target, new Tensor("int64", BigInt64Array.of(1n, 2n, 3n, 4n), [2, 1, 2]), -1);
    expect(Array.from(target.data, Number)).toEqual([1, 2, -1, -1, -1, -1, 3, 4, -1, -1, -1, -1]);
  });
});

describe("writeMask", () => {
  it("marks the corner", () => {
    const target = zeros("float32", [2, 3]);
    target.data.fill(7);
    writeMask(target, [1, 2]);
    expect(Array.from(target.data)).toEqual([1, 1, 0, 0, 0, 0]);
  });
});
