import type { Tensor } from "@athanor/core";
import { constantTensor } from "../constant-tensor.ts";
import { defineOp, int } from "../define-op.ts";
import { scatterSum } from "../rules/scatter-sum.ts";
import { zerosLike } from "../rules/zeros-like.ts";
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
  // dy is added into zeros where it was taken from; leading axes that both share become part of the index.
  gradient({ g, inputs: [x, indices], upstream: [dy], attributes: { batch_dims: batch } }) {
    const target = zerosLike(g, x!);
    const wide = g.cast(indices!, "int64");
    const full =
      batch === 0 ? wide : g.concat([g.constant(placesOf(staticShape("GatherND", indices!), batch)), wide], -1);
    return [scatterSum(g, { target, indices: full, updates: dy! })];
  },
});

/** For every index tuple, where it stands on the first axes. */
function placesOf(shape: readonly number[], batch: number): Tensor {
  const lengths = shape.slice(0, -1);
  const count = lengths.reduce((product, length) => product * length, 1);
  const places = Array.from({ length: count }, (_, i) => {
    let rest = i;
    const place = lengths.toReversed().map((length) => {
      const at = rest % length;
      rest = Math.floor(rest / length);
      return at;
    });
    return place.reverse().slice(0, batch);
  });
  return constantTensor(places.flat(), "int64").reshape([...lengths, batch]);
}
