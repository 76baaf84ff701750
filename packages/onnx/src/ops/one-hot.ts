import { integersOf } from "../constant-tensor.ts";
import { defineOp, int } from "../define-op.ts";

export const oneHot = defineOp({
  name: "OneHot",
  attributes: { axis: int(-1) },
  inputs: [3, 3],
  infer({ inputs: [indices, , values], attributes: { axis }, constant }) {
    const depth = constant(1);
    const { shape } = indices!;
    if (shape === undefined || depth === undefined) return [{ dtype: values!.dtype, shape: undefined }];
    const at = axis < 0 ? axis + shape.length + 1 : axis;
    return [{ dtype: values!.dtype, shape: [...shape.slice(0, at), integersOf(depth)[0]!, ...shape.slice(at)] }];
  },
  // What was hot goes to the second value, the rest to the first.
  gradient({ g, inputs: [indices, depth], upstream: [dy], attributes: { axis } }) {
    const hot = g.cast(g.op("OneHot", [indices, depth, g.constant([0, 1])], { axis }), dy!.dtype);
    const on = g.reshape(g.reduceSum(g.mul(dy!, hot)), [1]);
    return [undefined, undefined, g.concat([g.sub(g.reduceSum(dy!), on), on], 0)];
  },
});
