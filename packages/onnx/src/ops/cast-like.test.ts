import { checkOp } from "../testing/check-op.ts";
import { castLike } from "./cast-like.ts";

checkOp(castLike, [
  { title: "another float", inputs: [{ shape: [2, 3] }, { shape: [1] }] },
  {
    title: "whole numbers",
    inputs: [{ shape: [2, 3] }, { shape: [1], dtype: "int64", values: [0] }],
    hasGradient: false,
  },
]);
