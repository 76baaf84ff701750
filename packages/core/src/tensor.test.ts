import { describe, expect, it } from "vitest";
import { float32, int64, Tensor, zeros } from "./tensor.ts";

describe("Tensor", () => {
  it("names both sizes when shape and data disagree", () => {
    expect(() => float32([1, 2, 3], [2, 2])).toThrow("expected 4 elements for shape [2, 2], got 3");
  });

  it("refuses an array of another type", () => {
    expect(() => new Tensor("float32", new Float64Array(1) as never, [1])).toThrow(
      "expected Float32Array for float32, got Float64Array",
    );
  });

  it("reshapes without a copy", () => {
    const tensor = float32([1, 2, 3, 4], [4]);
    expect(tensor.reshape([2, 2]).data).toBe(tensor.data);
  });

  it("allocates memory that threads can share", () => {
    expect(zeros("float32", [2, 3], { shared: true }).data.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  it("keeps whole numbers beyond 2^31 as int64", () => {
    expect(int64([2 ** 40]).data[0]).toBe(2n ** 40n);
  });
});
