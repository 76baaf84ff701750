import { float32, int64, Tensor } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { asFloat32 } from "./as-float32.ts";
import { readSafetensors, writeSafetensors } from "./safetensors.ts";

const tensors = { "b.weight": float32([1, -2.5, 3, 4], [2, 2]), a: int64([7]), none: float32([], [0, 3]) };

/** A file with a header of one's own. */
function fileOf(header: unknown, data = new Uint8Array(8)): Uint8Array {
  const json = new TextEncoder().encode(typeof header === "string" ? header : JSON.stringify(header));
  const file = new Uint8Array(8 + json.length + data.length);
  new DataView(file.buffer).setBigUint64(0, BigInt(json.length), true);
  file.set(json, 8);
  return file;
}

describe("safetensors", () => {
  it("reads what it writes, wherever the bytes begin", () => {
    const file = writeSafetensors(tensors, { format: "pt" });
    expect(readSafetensors(file)).toEqual(tensors);
    const moved = new Uint8Array(file.length + 1);
    moved.set(file, 1);
    expect(readSafetensors(moved.subarray(1))).toEqual(tensors);
  });

  const entry = { dtype: "F32", shape: [2], data_offsets: [0, 8] };
  it.each([
    ["few bytes", new Uint8Array(5)],
    ["a header past the end", fileOf({ a: entry }).slice(0, 20)],
    ["no JSON", fileOf("{nonsense")],
    ["a list", fileOf([entry])],
    ["data past the end", fileOf({ a: { ...entry, shape: [4], data_offsets: [0, 16] } })],
    ["data before the start", fileOf({ a: { ...entry, data_offsets: [-8, 0] } })],
    ["data of another length", fileOf({ a: { ...entry, shape: [1] } })],
    ["a negative length", fileOf({ a: { ...entry, shape: [-2] } })],
    ["an unknown type", fileOf({ a: { ...entry, dtype: "F4" } })],
    ["no entry", fileOf({ a: null })],
  ])("refuses %s", (_, file) => {
    expect(() => readSafetensors(file)).toThrow(expect.objectContaining({ code: "nn/safetensors" }));
  });

  it("widens half precision", () => {
    const half = new Tensor("float16", Uint16Array.of(0x3c00, 0xc100, 0x0001, 0x7c00), [4]);
    expect([...asFloat32(half).data]).toEqual([1, -2.5, 2 ** -24, Number.POSITIVE_INFINITY]);
    expect([...asFloat32(new Tensor("bfloat16", Uint16Array.of(0x3f80, 0xc020), [2])).data]).toEqual([1, -2.5]);
    expect(() => asFloat32(int64([1]))).toThrow(expect.objectContaining({ code: "nn/element-type" }));
  });
});
