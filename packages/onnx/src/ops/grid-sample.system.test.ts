import { checkOp, type OpSample } from "../testing/check-op.ts";
import { gridSample } from "./grid-sample.ts";

const sample = (mode: string, padding_mode: string, align_corners: number): OpSample => ({
  title: `${mode}, ${padding_mode}${align_corners ? ", corners at the ends" : ""}`,
  inputs: [{ shape: [2, 2, 3, 4] }, { shape: [2, 2, 3, 2], range: [-1.4, 1.4] }],
  attributes: { mode, padding_mode, align_corners },
});

checkOp(
  gridSample,
  ["linear", "nearest", "cubic"].flatMap((mode) =>
    ["zeros", "border", "reflection"].flatMap((padding) => [0, 1].map((align) => sample(mode, padding, align))),
  ),
);
