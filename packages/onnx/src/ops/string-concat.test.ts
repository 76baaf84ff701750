import { checkOp } from "../testing/check-op.ts";
import { stringConcat } from "./string-concat.ts";

checkOp(stringConcat, [
  {
    title: "a row against a column",
    inputs: [
      { shape: [2, 1], dtype: "string", values: ["a", "b"] },
      { shape: [3], dtype: "string", values: ["x", "y", "z"] },
    ],
  },
]);
