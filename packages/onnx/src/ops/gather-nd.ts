import { defineOp, int } from "../define-op.ts";
import { staticShape } from "../shapes.ts";

export const gatherND = defineOp({
  name: "GatherND",
  attributes: { batch_dims: int(0) },
  inputs: [2, 2],
  infer({ inputs: [x, indices], attributes: { batch_dims: batch } }) {
    const depth = indices!.shape?.at(-1);
    if (x!.shape === undefined || typeof depth !== "number") return [{ dtype: x!.dtype, shape: undefined }];
    return [{ dtype: x!.dtype, shape: [...indices!.shape!.slice(0, -1), ...x!.shape.slice(batch + depth)] }];
  },
  gradient({ g, inputs: [x, indices], upstream: [dy] }) {
    const zeros = g.op("ConstantOfShape", [g.constant(staticShape("GatherND", x!), "int64")], {
      value: g.zero(dy!.dtype),
    });
    return [g.op("ScatterND", [zeros, indices, dy], { reduction: "add" })];
  },
});
