import { integersOf } from "../constant-tensor.ts";
import { defineOp, optional } from "../define-op.ts";
import { axisOf, staticShape } from "../shapes.ts";

export const centerCropPad = defineOp({
  name: "CenterCropPad",
  attributes: { axes: optional.ints },
  inputs: [2, 2],
  infer({ inputs: [x], attributes: { axes }, constant }) {
    const { dtype, shape } = x!;
    const target = constant(1);
    if (shape === undefined) return [x!];
    const lengths = target && integersOf(target);
    const placed = (axes ?? shape.map((_, axis) => axis)).map((axis) => axisOf("CenterCropPad", axis, x!));
    return [
      {
        dtype,
        shape: shape.map((length, axis) =>
          placed.includes(axis) ? (lengths?.[placed.indexOf(axis)] ?? `${length}_cut`) : length,
        ),
      },
    ];
  },
  // Cropping back what was padded and padding what was cropped, around the same centre.
  gradient({ g, inputs: [x], upstream: [dy], attributes: { axes } }) {
    const shape = staticShape("CenterCropPad", x!);
    const lengths = axes ? axes.map((axis) => shape.at(axis)!) : shape;
    return [g.op("CenterCropPad", [dy, g.constant(lengths, "int64")], { axes })];
  },
});
