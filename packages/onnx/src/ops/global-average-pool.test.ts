import { float64 } from "@athanor/core";
import { checkOp, type OpSample, ofOpenLength } from "../testing/check-op.ts";
import { globalAveragePool } from "./global-average-pool.ts";

const samples: readonly OpSample[] = [
  {
    title: "images",
    inputs: [{ shape: [2, 3, 2, 2] }],
    reference: ([x]) =>
      float64(
        Array.from({ length: 6 }, (_, plane) => x!.data.slice(plane * 4, plane * 4 + 4).reduce((a, b) => a + b) / 4),
        [2, 3, 1, 1],
      ),
  },
];
checkOp(globalAveragePool, [...samples, ...samples.map(ofOpenLength)]);
