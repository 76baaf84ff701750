import { defineOp, int } from "../define-op.ts";
import { scatterSum } from "../rules/scatter-sum.ts";
import { zerosLike } from "../rules/zeros-like.ts";
import { axisOf } from "../shapes.ts";

export const gather = defineOp({
  name: "Gather",
  attributes: { axis: int(0) },
  inputs: [2, 2],
  infer({ inputs: [x, indices], attributes: { axis } }) {
    if (x!.shape === undefined || indices!.shape === undefined) return [{ dtype: x!.dtype, shape: undefined }];
    const at = axisOf("Gather", axis, x!);
    return [{ dtype: x!.dtype, shape: [...x!.shape.slice(0, at), ...indices!.shape, ...x!.shape.slice(at + 1)] }];
  },
  // Rows of dy are added into zeros where they were taken from; other axes are brought to the front and back.
  gradient({ g, inputs: [x, indices], upstream: [dy], attributes: { axis } }) {
    const at = axisOf("Gather", axis, x!);
    const taken = indices!.shape.length;
    const order = [...x!.shape.keys()];
    const front = [at, ...order.filter((i) => i !== at)];
    const middle = Array.from({ length: taken }, (_, i) => at + i);
    const rest = [...dy!.shape.keys()].filter((i) => i < at || i >= at + taken);
    const rows = at === 0 ? dy! : g.transpose(dy!, [...middle, ...rest]);
    const target = zerosLike(g, at === 0 ? x! : g.transpose(x!, front));
    const index = g.op("Unsqueeze", [indices, g.constant([-1], "int64")]);
    const sums = scatterSum(g, { target, indices: g.cast(index, "int64"), updates: rows });
    return [
      at === 0
        ? sums
        : g.transpose(
            sums,
            order.map((i) => front.indexOf(i)),
          ),
    ];
  },
});
