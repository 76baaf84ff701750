import { checkOp } from "../testing/check-op.ts";
import { elementwise } from "../testing/elementwise.ts";
import { shrink } from "./shrink.ts";

checkOp(shrink, [
  { title: "hard", inputs: [{ shape: [3, 4] }], reference: elementwise((x) => (Math.abs(x!) > 0.5 ? x! : 0)) },
  {
    title: "soft",
    inputs: [{ shape: [3, 4] }],
    attributes: { bias: 0.75, lambd: 0.75 },
    reference: elementwise((x) => Math.sign(x!) * Math.max(0, Math.abs(x!) - 0.75)),
  },
]);
