import { convInputGradient } from "../conv-input-gradient.ts";
import { convRows, isSmallMap } from "../conv-rows.ts";
import { convShape } from "../conv-shape.ts";
import { convWeightGradient } from "../conv-weight-gradient.ts";
import { defineOp, int, optional, string } from "../define-op.ts";
import { staticShape } from "../shapes.ts";
import { windowOf } from "../window.ts";

export const conv = defineOp({
  name: "Conv",
  attributes: {
    auto_pad: string<"NOTSET" | "SAME_UPPER" | "SAME_LOWER" | "VALID">("NOTSET"),
    dilations: optional.ints,
    group: int(1),
    kernel_shape: optional.ints,
    pads: optional.ints,
    strides: optional.ints,
  },
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
