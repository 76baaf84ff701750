import { float64 } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { tensorScatter } from "./tensor-scatter.ts";

checkOp(tensorScatter, [
  {
    title: "each row from its own place on",
    inputs: [{ shape: [2, 3, 1] }, { shape: [2, 1, 1] }, { shape: [2], dtype: "int64", values: [2, 0] }],
    reference: ([cache, update]) => {
      const values = Float64Array.from(cache!.data);
      [values[2], values[3]] = [update!.data[0]!, update!.data[1]!];
      return float64(values, [2, 3, 1]);
    },
  },
  { title: "from the start where no place is given", inputs: [{ shape: [1, 3, 2] }, { shape: [1, 2, 2] }] },
  {
    title: "around the end, along the last axis",
    inputs: [{ shape: [2, 2, 4] }, { shape: [2, 2, 3] }, { shape: [2], dtype: "int64", values: [2, 3] }],
    attributes: { axis: -1, mode: "circular" },
  },
]);
