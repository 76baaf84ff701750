import { checkOp } from "../testing/check-op.ts";
import { or } from "./or.ts";

checkOp(or, [
  {
    title: "flags",
    inputs: [
      { shape: [2, 2], dtype: "bool", values: [0, 1, 1, 0] },
      { shape: [2], dtype: "bool", values: [0, 1] },
    ],
  },
]);
