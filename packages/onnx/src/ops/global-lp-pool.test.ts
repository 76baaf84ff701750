import { checkOp } from "../testing/check-op.ts";
import { pooled } from "../testing/pooled.ts";
import { globalLpPool } from "./global-lp-pool.ts";

const norm = (p: number) => (seen: readonly number[]) =>
  seen.reduce((sum, value) => sum + Math.abs(value) ** p, 0) ** (1 / p);

checkOp(globalLpPool, [
  { title: "Euclidean", inputs: [{ shape: [2, 2, 3, 3] }], reference: pooled(3, 1, 0, norm(2)) },
  { title: "magnitudes", inputs: [{ shape: [1, 2, 2, 2] }], attributes: { p: 1 }, reference: pooled(2, 1, 0, norm(1)) },
]);
