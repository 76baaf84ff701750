import { checkChange } from "../../testing/check-change.ts";
import { castRounding } from "./cast-rounding.ts";

checkChange(castRounding, [
  {
    title: "to whole numbers",
    op: "Cast",
    opset: 24,
    inputs: [[2, 3]],
    attributes: { to: { kind: "int", value: 7 }, round_mode: { kind: "string", value: "up" } },
    outputs: ["int64"],
  },
]);
