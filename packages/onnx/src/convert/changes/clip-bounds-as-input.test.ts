import { checkChange } from "../../testing/check-change.ts";
import { clipBoundsAsInput } from "./clip-bounds-as-input.ts";

const min = { kind: "float", value: -0.5 } as const;
const max = { kind: "float", value: 0.75 } as const;

checkChange(clipBoundsAsInput, [
  { title: "both bounds", op: "Clip", opset: 7, inputs: [[3, 4]], attributes: { min, max } },
  { title: "an upper bound", op: "Clip", opset: 10, inputs: [[3, 4]], attributes: { max } },
]);
