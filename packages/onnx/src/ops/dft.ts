import type { Tensor } from "@athanor/core";
import { integersOf } from "../constant-tensor.ts";
import { defineOp, int } from "../define-op.ts";
import type { Dim, ValueType } from "../model.ts";
import { alongAxis, transposed } from "../rules/along-axis.ts";
import { fourierMatrix, realSignalMatrix } from "../rules/fourier.ts";
import { axisOf, staticShape } from "../shapes.ts";

export const dft = defineOp({
  name: "DFT",
  attributes: { inverse: int(0), onesided: int(0) },
  inputs: [1, 3],
  infer({ inputs: [x, length], attributes: { onesided, inverse }, constant }) {
    if (x!.shape === undefined) return [x!];
    const axis = transformed(x!, constant(2));
    const given = length && (constant(1) ? integersOf(constant(1)!)[0]! : "dft_length");
    const isReal = onesided === 1 && inverse === 1;
    const count = given ?? (isReal ? wholeOf(x!.shape[axis]!) : x!.shape[axis]!);
    const bins = onesided === 1 && !isReal ? halfOf(count) : count;
    return [{ dtype: x!.dtype, shape: x!.shape.with(axis, bins).with(-1, isReal ? 1 : 2) }];
  },
  // The transform is linear: one constant matrix over the axis and the parts of its values.
  decompose({ g, inputs: [x], outputs: [y], attributes: { inverse, onesided }, constant }) {
    const shape = staticShape("DFT", x!);
    const axis = transformed(x!, constant(2));
    const [length, parts] = [shape[axis]!, shape.at(-1)!];
    const [bins, sides] = [(y!.shape as readonly number[])[axis]!, y!.shape.at(-1) as number];
    const count = constant(1) ? integersOf(constant(1)!)[0]! : sides === 1 ? bins : length;
    const last = shape.length - 2;
    const order = [...shape.keys()].toSpliced(axis, 1).toSpliced(last, 0, axis);
    const turned = axis === last ? x! : g.transpose(x!, order);
    const rest = turned.shape.slice(0, last);
    const matrix =
      onesided === 1 && inverse === 1
        ? realSignalMatrix(length, count)
        : transposed(fourierMatrix(length, parts, count, bins, inverse === 1));
    const bare = alongAxis(g, g.reshape(turned, [...rest, length * parts]), last, matrix);
    const result = g.reshape(bare, [...rest, bins, sides]);
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

const halfOf = (count: Dim): Dim => (typeof count === "number" ? Math.floor(count / 2) + 1 : `${count}_bins`);
const wholeOf = (bins: Dim): Dim => (typeof bins === "number" ? 2 * (bins - 1) : `${bins}_values`);

/** The axis of the signal; by default the one before the parts. */
const transformed = (x: ValueType, axis: Tensor | undefined): number =>
  axisOf("DFT", axis ? integersOf(axis)[0]! : -2, x);
