import { checkOp } from "../testing/check-op.ts";
import { elementwise } from "../testing/elementwise.ts";
import { binarizer } from "./binarizer.ts";

checkOp(binarizer, [
  {
    title: "a threshold",
    inputs: [{ shape: [2, 3] }],
    attributes: { threshold: 0.5 },
    reference: elementwise((x) => Number(x! > 0.5)),
  },
]);
