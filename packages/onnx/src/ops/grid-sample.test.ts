import { checkOp, type OpSample } from "../testing/check-op.ts";
import { gridSample } from "./grid-sample.ts";

const sample = (mode: string, padding_mode: string, align_corners: number): OpSample => ({
  title: `${mode}, ${padding_mode}${align_corners ? ", corners at the ends" : ""}`,
  inputs: [{ shape: [2, 2, 3, 4] }, { shape: [2, 2, 3, 2], range: [-1.4, 1.4] }],
  attributes: { mode, padding_mode, align_corners },
});

// Every mode, padding and way to align, but not each with each: the system suite has them all.
checkOp(gridSample, [
  ...["linear", "nearest", "cubic"].flatMap((mode, i) =>
    ["zeros", "border", "reflection"].map((padding, j) => sample(mode, padding, (i + j) % 2)),
  ),
  { title: "a volume", inputs: [{ shape: [1, 2, 2, 3, 2] }, { shape: [1, 2, 1, 2, 3], range: [-1, 1] }] },
]);
