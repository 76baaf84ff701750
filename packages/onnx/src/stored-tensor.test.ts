import { describe, expect, it } from "vitest";
import { loadTensor } from "./stored-tensor.ts";

describe("loadTensor", () => {
  it.each([0, 1, 4])("reads elements that begin %i bytes into a file", (offset) => {
    const file = Buffer.from(new Uint8Array(new ArrayBuffer(64)).fill(7).buffer, 0, 48);
    const bytes = file.subarray(offset, offset + 16);
    bytes.set(new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer));
    expect(Array.from(loadTensor({ dtype: "float32", shape: [2, 2], bytes }).data as Float32Array)).toEqual([
      1, 2, 3, 4,
    ]);
  });
});
