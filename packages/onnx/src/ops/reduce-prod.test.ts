import { checkOp } from "../testing/check-op.ts";
import { reduceProd } from "./reduce-prod.ts";

checkOp(reduceProd, [
  { title: "all axes kept", inputs: [{ shape: [2, 3] }] },
  {
    title: "rows with none, one and two zeros",
    inputs: [
      { shape: [3, 3], values: [2, 3, 4, 2, 0, 4, 0, 3, 0] },
      { shape: [1], dtype: "int64", values: [1], isConstant: true },
    ],
    attributes: { keepdims: 0 },
  },
]);
