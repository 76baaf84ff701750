import { checkOp } from "../testing/check-op.ts";
import { compress } from "./compress.ts";

checkOp(compress, [
  {
    title: "columns",
    inputs: [{ shape: [2, 3] }, { shape: [3], dtype: "bool", values: [1, 0, 1], isConstant: true }],
    attributes: { axis: 1 },
  },
  {
    title: "elements",
    inputs: [{ shape: [2, 2] }, { shape: [4], dtype: "bool", values: [0, 1, 1, 0], isConstant: true }],
  },
  {
    title: "rows of an open length",
    inputs: [
      { shape: [3, 2], isOpen: true },
      { shape: [3], dtype: "bool", values: [1, 0, 1] },
    ],
    attributes: { axis: 0 },
  },
  {
    title: "a count known when the graph runs",
    inputs: [{ shape: [2, 2] }, { shape: [2], dtype: "bool", values: [0, 1] }],
    attributes: { axis: 0 },
    hasGradient: false,
  },
]);
