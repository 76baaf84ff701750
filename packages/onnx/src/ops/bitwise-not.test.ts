import { checkOp } from "../testing/check-op.ts";
import { elementwise } from "../testing/elementwise.ts";
import { bitwiseNot } from "./bitwise-not.ts";

checkOp(bitwiseNot, [
  {
    title: "whole numbers",
    inputs: [{ shape: [3], dtype: "int32", values: [0, 5, -1] }],
    reference: elementwise((x) => ~x!),
  },
]);
