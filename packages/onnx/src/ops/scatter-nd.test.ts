import { checkOp, type SampleInput } from "../testing/check-op.ts";
import { scatterND } from "./scatter-nd.ts";

const twice = { shape: [3, 1], dtype: "int64", values: [0, 2, 2] } satisfies SampleInput;
const inputs = [{ shape: [3, 2] }, twice, { shape: [3, 2] }];

checkOp(scatterND, [
  { title: "rows added, one twice", inputs, attributes: { reduction: "add" } },
  { title: "rows multiplied, one twice", inputs, attributes: { reduction: "mul" } },
  { title: "the largest kept", inputs, attributes: { reduction: "max" } },
  { title: "the smallest kept", inputs, attributes: { reduction: "min" } },
  {
    title: "elements replaced",
    inputs: [{ shape: [3, 2] }, { shape: [2, 2], dtype: "int64", values: [0, 1, 2, 0] }, { shape: [2] }],
  },
]);
