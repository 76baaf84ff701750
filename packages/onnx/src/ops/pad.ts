import { integersOf } from "../constant-tensor.ts";
import { defineOp, string } from "../define-op.ts";
import { staticShape } from "../shapes.ts";

export const pad = defineOp({
  name: "Pad",
  attributes: { mode: string<"constant" | "reflect" | "edge" | "wrap">("constant") },
  inputs: [2, 4],
  infer({ inputs: [x], constant }) {
    const pads = constant(1);
    if (pads === undefined || x!.shape === undefined || constant(3)) return [{ dtype: x!.dtype, shape: undefined }];
    const amounts = integersOf(pads);
    const rank = x!.shape.length;
    const shape = x!.shape.map((length, axis) =>
      typeof length === "number" ? length + amounts[axis]! + amounts[axis + rank]! : length,
    );
    return [{ dtype: x!.dtype, shape }];
  },
  // dx is dy without its margins
  gradient({ g, inputs: [x], upstream: [dy], constant }) {
    const shape = staticShape("Pad", x!);
    const starts = integersOf(constant(1)!).slice(0, shape.length);
    const numbers = (values: readonly number[]) => g.constant(values, "int64");
    return [
      g.op("Slice", [
        dy,
        numbers(starts),
        numbers(starts.map((start, axis) => start + shape[axis]!)),
        numbers(shape.map((_, axis) => axis)),
      ]),
    ];
  },
});
