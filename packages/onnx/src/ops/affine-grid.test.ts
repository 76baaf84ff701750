import { checkOp } from "../testing/check-op.ts";
import { affineGrid } from "./affine-grid.ts";

const size = (...values: number[]) => ({ shape: [values.length], dtype: "int64" as const, values, isConstant: true });

checkOp(affineGrid, [
  { title: "an image", inputs: [{ shape: [2, 2, 3] }, size(2, 1, 3, 4)] },
  { title: "corners at the ends", inputs: [{ shape: [1, 2, 3] }, size(1, 2, 2, 3)], attributes: { align_corners: 1 } },
  { title: "a volume", inputs: [{ shape: [1, 3, 4] }, size(1, 1, 2, 3, 2)] },
]);
