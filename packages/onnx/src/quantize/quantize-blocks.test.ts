import { expect, it } from "vitest";
import { quantizeBlocks, roundedBlocks } from "./quantize-blocks.ts";

const row = {
  rows: 1,
  columns: 20,
  data: Float32Array.from({ length: 20 }, (_, i) => (i === 16 ? -7 : i === 2 ? 3.5 : 0)),
};

it("packs four bits by blocks, the lower half of a byte first, and fills up the last block", () => {
  const format = { bits: 4, blockSize: 16 } as const;
  const quantized = quantizeBlocks(row, format);
  const { packed, scales } = quantized;
  expect([...scales]).toEqual([0.5, 1]);
  expect([...packed]).toEqual([0x88, 0x8f, ...Array(6).fill(0x88), 0x81, ...Array(7).fill(0x88)]);
  expect(roundedBlocks(quantized, 20, format)).toEqual(row);
});

it("packs eight bits", () => {
  const { packed, scales } = quantizeBlocks(row, { bits: 8, blockSize: 32 });
  expect(packed).toHaveLength(32);
  expect([packed[2], packed[16], packed[31]]).toEqual([128 + 64, 128 - 127, 128]);
  expect([...scales]).toEqual([Math.fround(7 / 127)]);
});
