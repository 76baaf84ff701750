import { checkOp, type SampleInput } from "../testing/check-op.ts";
import { matMulNBits } from "./mat-mul-n-bits.ts";

const bytes = (...shape: number[]): SampleInput => ({
  shape,
  dtype: "uint8",
  values: Array.from({ length: shape.reduce((product, length) => product * length, 1) }, (_, i) => (i * 37) % 256),
  isConstant: true,
});
const attributes = { K: 32, N: 3, bits: 4, block_size: 16 };
const scales = { shape: [3, 2], range: [0.1, 0.3] as const, isConstant: true };

checkOp(matMulNBits, [
  { title: "four bits", inputs: [{ shape: [2, 32] }, bytes(3, 2, 8), scales], attributes },
  { title: "zero points", inputs: [{ shape: [2, 32] }, bytes(3, 2, 8), scales, bytes(3, 1)], attributes },
  {
    title: "a stack, and blocks longer than the rows",
    inputs: [{ shape: [2, 1, 24] }, bytes(3, 2, 8), scales],
    attributes: { ...attributes, K: 24 },
  },
  {
    title: "eight bits",
    inputs: [{ shape: [2, 32] }, bytes(3, 2, 16), scales],
    attributes: { ...attributes, bits: 8 },
  },
]);
