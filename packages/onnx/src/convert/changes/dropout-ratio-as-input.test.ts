import { checkChange } from "../../testing/check-change.ts";
import { dropoutRatioAsInput } from "./dropout-ratio-as-input.ts";

checkChange(dropoutRatioAsInput, [
  {
    title: "in evaluation",
    op: "Dropout",
    opset: 7,
    inputs: [[3, 4]],
    attributes: { ratio: { kind: "float", value: 0.25 } },
  },
]);
