import { describe, expect, it } from "vitest";
import { median, sizes } from "./size.ts";

describe("the size of the repository", () => {
  it("is counted by package, tests apart", () => {
    const lines = new Map([
      ["packages/onnx/src/ops/add.ts", 10],
      ["packages/onnx/src/ops/add.test.ts", 4],
      ["packages/onnx/src/testing/check-op.ts", 20],
      ["scripts/size.ts", 7],
      ["structure.test.ts", 3],
    ]);
    expect(Object.fromEntries(sizes(lines))).toEqual({
      "(root)": { source: 0, tests: 3 },
      onnx: { source: 10, tests: 24 },
      "scripts/": { source: 7, tests: 0 },
    });
  });

  it("has a median that is the lower of two middles", () => {
    expect([median([5, 1, 9]), median([4, 1, 9, 5]), median([])]).toEqual([5, 4, 0]);
  });
});
