import { defineOp } from "../define-op.ts";
import { staticShape } from "../shapes.ts";
import { convInputGradient } from "../windows/conv-input-gradient.ts";
import { convRows, isSmallMap } from "../windows/conv-rows.ts";
import { convAttributes, convShape } from "../windows/conv-shape.ts";
import { convWeightGradient } from "../windows/conv-weight-gradient.ts";
import { windowOf } from "../windows/window.ts";

export const conv = defineOp({
  name: "Conv",
  attributes: convAttributes,
  inputs: [2, 3],
  infer: ({ inputs: [x, w], attributes }) => [{ dtype: x!.dtype, shape: convShape("Conv", x!, w!, attributes) }],
  lower({ g, inputs: [x, w, bias], outputs: [y], attributes }) {
    if (w!.shape.length !== 4 || [...x!.shape, ...w!.shape].some((length) => typeof length !== "number"))
      return undefined;
    const window = windowOf("Conv", x!, staticShape("Conv", w!).slice(2), attributes);
    const operands = { x: x!, w: w!, dy: y!, window, group: attributes.group };
    if (!isSmallMap(operands)) return undefined;
    const product = convRows(g, operands);
    return [bias ? g.add(product, g.reshape(bias, [1, bias.shape[0]!, 1, 1])) : product];
  },
  gradient({ g, inputs: [x, w], upstream: [dy], attributes, wants }) {
    const kernel = staticShape("Conv", w!).slice(2);
    const window = windowOf("Conv", x!, kernel, attributes);
    const axes = [0, ...kernel.map((_, axis) => axis + 2)];
    const operands = { x: x!, w: w!, dy: dy!, window, group: attributes.group };
    return [
      wants(0) ? convInputGradient(g, operands) : undefined,
      wants(1) ? convWeightGradient(g, operands) : undefined,
      wants(2) ? g.reduceSum(dy!, axes) : undefined,
    ];
  },
});
