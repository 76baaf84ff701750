import { checkChange } from "../../testing/check-change.ts";
import { paddingAsInput } from "./padding-as-input.ts";

const pads = { kind: "ints", value: [0, 1, 1, 0] } as const;
const value = { kind: "float", value: 3 } as const;

checkChange(paddingAsInput, [
  { title: "a value", op: "Pad", opset: 8, inputs: [[2, 3]], attributes: { pads, value } },
  {
    title: "a reflection",
    op: "Pad",
    opset: 10,
    inputs: [[2, 3]],
    attributes: { pads, mode: { kind: "string", value: "reflect" } },
  },
]);
