import { float64 } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { globalMaxPool } from "./global-max-pool.ts";

checkOp(globalMaxPool, [
  {
    title: "images",
    inputs: [{ shape: [2, 3, 2, 2] }],
    reference: ([x]) =>
      float64(
        Array.from({ length: 6 }, (_, plane) => Math.max(...x!.data.slice(4 * plane, 4 * plane + 4))),
        [2, 3, 1, 1],
      ),
  },
]);
