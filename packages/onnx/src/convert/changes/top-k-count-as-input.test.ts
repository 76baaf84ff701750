import { checkChange } from "../../testing/check-change.ts";
import { topKCountAsInput } from "./top-k-count-as-input.ts";

checkChange(topKCountAsInput, [
  {
    title: "two of five",
    op: "TopK",
    opset: 9,
    inputs: [[2, 5]],
    attributes: { k: { kind: "int", value: 2 } },
    outputs: ["float32", "int64"],
  },
]);
