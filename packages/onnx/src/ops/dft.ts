import { AthanorError, type Tensor } from "@athanor/core";
import { alongAxis, matrixOf } from "../along-axis.ts";
import { integersOf } from "../constant-tensor.ts";
import { defineOp, int } from "../define-op.ts";
import { fourierMatrix } from "../fourier.ts";
import type { Dim, ValueType } from "../model.ts";
import { axisOf, staticShape } from "../shapes.ts";

export const dft = defineOp({
  name: "DFT",
  attributes: { inverse: int(0), onesided: int(0) },
  inputs: [1, 3],
  infer({ inputs: [x, length], attributes: { inverse, onesided }, constant }) {
    if (x!.shape === undefined) return [x!];
    const axis = transformed(x!, constant(2));
    const isRealInverse = inverse === 1 && onesided === 1;
    const half = x!.shape[axis]!;
    const whole = !isRealInverse ? half : typeof half === "number" ? 2 * (half - 1) : `2*(${half}-1)`;
    const count: Dim = length ? (constant(1) ? integersOf(constant(1)!)[0]! : "dft_length") : whole;
    if (isRealInverse) return [{ dtype: x!.dtype, shape: x!.shape.with(axis, count).with(-1, 1) }];
    const bins = typeof count === "number" ? (onesided ? Math.floor(count / 2) + 1 : count) : `${count}_bins`;
    return [{ dtype: x!.dtype, shape: x!.shape.with(axis, bins).with(-1, 2) }];
  },
  // The transform is linear: one constant matrix over the axis and the parts of its values.
  decompose({ g, inputs: [x], outputs: [y], attributes: { inverse, onesided }, constant }) {
    if (inverse === 1 && onesided === 1) throw oneSidedInverse();
    const shape = staticShape("DFT", x!);
    const axis = transformed(x!, constant(2));
    const [length, parts, bins] = [shape[axis]!, shape.at(-1)!, (y!.shape as readonly number[])[axis]!];
    const count = constant(1) ? integersOf(constant(1)!)[0]! : length;
    const last = shape.length - 2;
    const order = [...shape.keys()].toSpliced(axis, 1).toSpliced(last, 0, axis);
    const turned = axis === last ? x! : g.transpose(x!, order);
    const rest = turned.shape.slice(0, last);
    const { rows, columns, data } = fourierMatrix(length, parts, count, bins, inverse === 1);
    const matrix = matrixOf(columns, rows, (column, row) => data[row * columns + column]!);
    const bare = alongAxis(g, g.reshape(turned, [...rest, rows]), last, matrix);
    const result = g.reshape(bare, [...rest, bins, 2]);
    return [
      axis === last
        ? result
        : g.transpose(
            result,
            order.map((_, i) => order.indexOf(i)),
          ),
    ];
  },
});

/** The axis of the signal; by default the one before the parts. */
const transformed = (x: ValueType, axis: Tensor | undefined): number =>
  axisOf("DFT", axis ? integersOf(axis)[0]! : -2, x);

const oneSidedInverse = (): AthanorError =>
  new AthanorError("onnx/unsupported", "DFT: expected a forward or a two-sided transform, got a one-sided inverse", {
    fix: "Complete the spectrum by its conjugate and transform it back two-sided.",
    details: { op: "DFT" },
  });
