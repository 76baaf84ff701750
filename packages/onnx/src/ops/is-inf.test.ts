import { float64 } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { isInf } from "./is-inf.ts";

const infinity = Number.POSITIVE_INFINITY;
const x = { shape: [4], values: [1, infinity, -infinity, Number.NaN] };

checkOp(isInf, [
  { title: "both signs", inputs: [x], reference: () => float64([0, 1, 1, 0]) },
  { title: "only above", inputs: [x], attributes: { detect_negative: 0 }, reference: () => float64([0, 1, 0, 0]) },
]);
