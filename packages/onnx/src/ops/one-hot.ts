import { Tensor } from "@athanor/core";
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
  onGpu({ g, inputs: [indices], outputs: [y], attributes: { axis }, constant }) {
    const [depth, pair] = [constant(1), constant(2)];
    if (depth === undefined || pair?.dtype !== "float32") return undefined;
    const [count, rank] = [integersOf(depth)[0]!, y!.shape.length];
    const at = axis < 0 ? axis + rank : axis;
    const whole = g.cast(indices!, "int32");
    const places = g.where(g.less(whole, 0), g.add(whole, count), whole);
    const along = g.constant(
      new Tensor(
        "int32",
        Int32Array.from({ length: count }, (_, i) => i),
        lengthAt(count, at, rank),
      ),
    );
    const isHot = g.equal(g.op("Unsqueeze", [places, g.constant([at], "int64")]), along);
    const [off, on] = Array.from(pair.data as Float32Array, (value) => g.constant(value));
    return [g.where(isHot, on!, off!)];
  },
  // What was hot goes to the second value, the rest to the first.
  gradient({ g, inputs: [indices, depth], upstream: [dy], attributes: { axis } }) {
    const hot = g.cast(g.op("OneHot", [indices, depth, g.constant([0, 1])], { axis }), dy!.dtype);
    const on = g.reshape(g.reduceSum(g.mul(dy!, hot)), [1]);
    return [undefined, undefined, g.concat([g.sub(g.reduceSum(dy!), on), on], 0)];
  },
});

/** A shape of ones but for one axis. */
const lengthAt = (length: number, axis: number, rank: number): readonly number[] =>
  Array.from({ length: rank }, (_, i) => (i === axis ? length : 1));
