import { checkOp } from "../testing/check-op.ts";
import { range } from "./range.ts";

const scalar = (value: number, isConstant: boolean) =>
  ({ shape: [], dtype: "int64", values: [value], isConstant }) as const;

checkOp(range, [
  { title: "known bounds", inputs: [scalar(2, true), scalar(11, true), scalar(3, true)] },
  { title: "downwards", inputs: [scalar(5, true), scalar(0, true), scalar(-2, true)] },
  { title: "a bound known when the graph runs", inputs: [scalar(0, true), scalar(4, false), scalar(1, true)] },
]);
