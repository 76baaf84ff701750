import { checkOp } from "../testing/check-op.ts";
import { mod } from "./mod.ts";

checkOp(mod, [
  {
    title: "the remainder of a float",
    inputs: [
      { shape: [2, 3], range: [-5, 5] },
      { shape: [3], range: [1, 2] },
    ],
    attributes: { fmod: 1 },
  },
  {
    title: "whole numbers",
    inputs: [
      { shape: [4], dtype: "int64", values: [-4, 7, 5, 8] },
      { shape: [4], dtype: "int64", values: [2, -3, 8, 3] },
    ],
    hasGradient: false,
  },
]);
