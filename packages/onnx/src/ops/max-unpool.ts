import { integersOf } from "../constant-tensor.ts";
import { defineOp, ints, optional } from "../define-op.ts";
import type { Dim } from "../model.ts";

export const maxUnpool = defineOp({
  name: "MaxUnpool",
  attributes: { kernel_shape: ints([]), pads: optional.ints, strides: optional.ints },
  inputs: [2, 3],
  infer({ inputs: [x, , given], attributes: { kernel_shape, pads, strides }, constant }) {
    if (x!.shape === undefined) return [x!];
    const target = constant(2);
    if (given) return [{ dtype: x!.dtype, shape: target && integersOf(target) }];
    const rank = kernel_shape.length;
    const lengths = kernel_shape.map((size, axis): Dim => {
      const length = x!.shape![axis + 2]!;
      if (typeof length === "string") return `${length}_unpool`;
      return (length - 1) * (strides?.[axis] ?? 1) + size - (pads?.[axis] ?? 0) - (pads?.[axis + rank] ?? 0);
    });
    return [{ dtype: x!.dtype, shape: [...x!.shape.slice(0, 2), ...lengths] }];
  },
  // Each value went to one place of the whole output, and its gradient is what flows back from there.
  gradient: ({ g, inputs: [, indices], upstream: [dy] }) => [g.gather(g.reshape(dy!, [-1]), indices!)],
});
