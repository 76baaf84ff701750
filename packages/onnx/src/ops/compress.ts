import { defineOp, optional } from "../define-op.ts";
import type { Dim } from "../model.ts";
import { axisOf, knownSize, staticShape } from "../shapes.ts";
import { zeros } from "../zeros.ts";

export const compress = defineOp({
  name: "Compress",
  attributes: { axis: optional.int },
  inputs: [2, 2],
  infer({ inputs: [x], attributes: { axis }, constant }) {
    const { dtype, shape } = x!;
    const kept = constant(1);
    const count: Dim = kept ? Array.from(kept.data as Uint8Array).filter(Boolean).length : "kept";
    if (axis === undefined) return [{ dtype, shape: [count] }];
    return [{ dtype, shape: shape?.with(axisOf("Compress", axis, x!), count) }];
  },
  // dy is put back where it was taken from; the axis is brought to the front and back.
  gradient({ g, inputs: [x, condition], upstream: [dy], attributes: { axis } }) {
    const shape = staticShape("Compress", x!);
    const rows = g.transpose(g.op("NonZero", [condition]), [1, 0]);
    if (axis === undefined) {
      const flat = g.op("ScatterND", [zeros(g, [knownSize(shape)!], dy!.dtype), rows, dy], { reduction: "add" });
      return [g.reshape(flat, shape)];
    }
    const at = axisOf("Compress", axis, x!);
    const order = [...shape.keys()];
    const front = [at, ...order.filter((i) => i !== at)];
    const target = zeros(
      g,
      front.map((i) => shape[i]!),
      dy!.dtype,
    );
    const sums = g.op("ScatterND", [target, rows, g.transpose(dy!, front)], { reduction: "add" });
    return [
      g.transpose(
        sums,
        order.map((i) => front.indexOf(i)),
      ),
    ];
  },
});
