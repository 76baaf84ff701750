import { checkChange } from "../../testing/check-change.ts";
import { dftAxisAsInput } from "./dft-axis-as-input.ts";

checkChange(dftAxisAsInput, [
  { title: "the first axis", op: "DFT", opset: 17, inputs: [[2, 4, 3, 1]] },
  {
    title: "a given axis",
    op: "DFT",
    opset: 17,
    inputs: [[2, 4, 3, 1]],
    attributes: { axis: { kind: "int", value: 2 } },
  },
]);
