import { checkChange } from "../../testing/check-change.ts";
import { dftAxisAsInput } from "./dft-axis-as-input.ts";

checkChange(dftAxisAsInput, [
  { title: "the first axis after the batch", op: "DFT", opset: 17, inputs: [[2, 8, 3, 1]] },
  {
    title: "a given axis",
    op: "DFT",
    opset: 17,
    inputs: [[2, 3, 8, 2]],
    attributes: { axis: { kind: "int", value: 2 }, inverse: { kind: "int", value: 1 } },
  },
]);
