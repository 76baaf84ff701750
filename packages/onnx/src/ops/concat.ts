import { defineOp, int } from "../define-op.ts";
import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import type { Dim } from "../model.ts";
import { axisOf, shapeError } from "../shapes.ts";

export const concat = defineOp({
  name: "Concat",
  attributes: { axis: int(0) },
  inputs: [1, 2 ** 31],
  infer({ inputs, attributes: { axis } }) {
    const [first] = inputs;
    const types = inputs.map((input) => input!);
    if (types.some(({ shape }) => shape === undefined)) return [{ dtype: first!.dtype, shape: undefined }];
    const at = axisOf("Concat", axis, first!);
    for (const type of types) {
      const differs = type.shape!.some(
        (length, i) =>
          i !== at && typeof length === "number" && typeof first!.shape![i] === "number" && length !== first!.shape![i],
      );
      if (differs || type.shape!.length !== first!.shape!.length)
        throw shapeError("Concat", `shapes equal but for axis ${at}`, first, type);
    }
    const lengths = types.map(({ shape }) => shape![at]!);
    const total: Dim = lengths.every((length) => typeof length === "number")
      ? lengths.reduce((sum, length) => sum + length, 0)
      : lengths.join("+");
    return [{ dtype: first!.dtype, shape: first!.shape!.with(at, total) }];
  },
  // Each operand gets its slice of dy.
  gradient({ g, inputs, upstream: [dy], attributes: { axis }, wants }) {
    const at = axisOf("Concat", axis, dy!);
    if (inputs.some(({ shape }) => typeof shape[at] === "string")) return openParts(g, inputs, dy!, at);
    let start = 0;
    return inputs.map((input, i) => {
      const from = start;
      start += input.shape[at] as number;
      if (!wants(i)) return undefined;
      return g.op("Slice", [dy, ...[[from], [start], [at]].map((numbers) => g.constant(numbers, "int64"))]);
    });
  },
});

/** Splits where only the run tells how long the operands are. */
function openParts(g: GraphBuilder, inputs: readonly Value[], dy: Value, axis: number): readonly Value[] {
  const lengths = inputs.map((input) => g.op("Shape", [input], { start: axis, end: axis + 1 }));
  return g.ops("Split", [dy, g.concat(lengths, 0)], { axis }, { outputs: inputs.length });
}
