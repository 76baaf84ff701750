import { flag, integer, required } from "@athanor/core";
import { defineLayer, lengthOf } from "../define-layer.ts";

/** y = x W + b over the last axis: `[…, in] → […, outFeatures]`. */
export const linear = defineLayer({
  name: "linear",
  options: {
    outFeatures: integer(required, "size of the last axis of the output", { min: 1 }),
    bias: flag(true, "add a learned constant"),
  },
  parameters: ({ shape, options: { outFeatures, bias } }) => {
    const inFeatures = lengthOf(shape, -1);
    return {
      weight: { shape: [inFeatures, outFeatures], init: "kaiming-uniform" as const },
      ...(bias ? { bias: { shape: [outFeatures], init: "kaiming-uniform" as const, fanIn: inFeatures } } : {}),
    } as {
      weight: { shape: number[]; init: "kaiming-uniform" };
      bias: { shape: number[]; init: "kaiming-uniform"; fanIn: number };
    };
  },
  build({ g, x, parameters: { weight, bias } }) {
    if (x.shape.length === 2) return g.op("Gemm", [x, weight, bias]);
    const product = g.matMul(x, weight);
    return bias === undefined ? product : g.add(product, bias);
  },
});
