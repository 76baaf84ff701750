import { float64 } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { pRelu } from "./p-relu.ts";

checkOp(pRelu, [
  {
    title: "a slope a channel",
    inputs: [{ shape: [2, 3, 2] }, { shape: [3, 1] }],
    reference: ([x, slope]) =>
      float64(
        x!.data.map((value, i) => (value > 0 ? value : value * slope!.data[Math.floor(i / 2) % 3]!)),
        [2, 3, 2],
      ),
  },
]);
