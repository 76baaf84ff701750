import { checkOp, type SampleInput } from "../testing/check-op.ts";
import { elementwise } from "../testing/elementwise.ts";
import { bitShift } from "./bit-shift.ts";

const inputs = [
  { shape: [3], dtype: "uint32", values: [16, 4, 1] },
  { shape: [3], dtype: "uint32", values: [1, 2, 3] },
] satisfies SampleInput[];

checkOp(bitShift, [
  { title: "to the left", inputs, attributes: { direction: "LEFT" }, reference: elementwise((x, by) => x! << by!) },
  { title: "to the right", inputs, attributes: { direction: "RIGHT" }, reference: elementwise((x, by) => x! >> by!) },
]);
