import { checkOp } from "../testing/check-op.ts";
import { gemm } from "./gemm.ts";

checkOp(gemm, [
  { title: "with a bias row", inputs: [{ shape: [2, 3] }, { shape: [3, 4] }, { shape: [4] }] },
  {
    title: "transposed and scaled",
    inputs: [{ shape: [3, 2] }, { shape: [4, 3] }, { shape: [2, 4] }],
    attributes: { transA: 1, transB: 1, alpha: 0.5, beta: 2 },
  },
  { title: "no bias", inputs: [{ shape: [2, 3] }, { shape: [3, 4] }] },
]);
