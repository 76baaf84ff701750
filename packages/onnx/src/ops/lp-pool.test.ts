import { checkOp } from "../testing/check-op.ts";
import { pooled } from "../testing/pooled.ts";
import { lpPool } from "./lp-pool.ts";

const norm = (p: number) => (seen: readonly number[]) =>
  seen.reduce((sum, value) => sum + Math.abs(value) ** p, 0) ** (1 / p);

checkOp(lpPool, [
  {
    title: "windows that overlap",
    inputs: [{ shape: [1, 2, 5, 5] }],
    attributes: { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] },
    reference: pooled(3, 2, 1, norm(2)),
  },
  {
    title: "the third power",
    inputs: [{ shape: [2, 1, 4, 4] }],
    attributes: { kernel_shape: [2, 2], strides: [2, 2], p: 3 },
    reference: pooled(2, 2, 0, norm(3)),
  },
]);
