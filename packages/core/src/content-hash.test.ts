import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contentHash } from "./content-hash.ts";

describe("contentHash", () => {
  it("ignores the order of keys and undefined members", () => {
    expect(contentHash({ a: 1, b: [2, { c: "x" }] })).toBe(contentHash({ b: [2, { c: "x", d: undefined }], a: 1 }));
  });

  it("tells apart values that print alike", () => {
    const values = [
      1,
      "1",
      [1],
      ["1"],
      { a: 1 },
      null,
      undefined,
      "null",
      true,
      "true",
      1n,
      new Float32Array([1]),
      new Float64Array([1]),
    ];
    expect(new Set(values.map(contentHash)).size).toBe(values.length);
  });

  it("sees the source text of functions", () => {
    expect(contentHash((x: number) => x + 1)).not.toBe(contentHash((x: number) => x + 2));
  });

  it("is the same for a JSON round trip", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(contentHash(JSON.parse(JSON.stringify(value)))).toBe(contentHash(value));
      }),
    );
  });
});
