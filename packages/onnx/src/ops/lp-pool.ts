import { defineOp, int, optional, string } from "../define-op.ts";
import { powerNormGradient } from "../rules/power-norm-gradient.ts";
import { spreadOverWindows } from "../windows/spread-over-windows.ts";
import { windowLengths, windowOf } from "../windows/window.ts";

export const lpPool = defineOp({
  name: "LpPool",
  attributes: {
    auto_pad: string<"NOTSET" | "SAME_UPPER" | "SAME_LOWER" | "VALID">("NOTSET"),
    ceil_mode: int(0),
    dilations: optional.ints,
    kernel_shape: optional.ints,
    p: int(2),
    pads: optional.ints,
    strides: optional.ints,
  },
  inputs: [1, 1],
  infer({ inputs: [x], attributes }) {
    if (x!.shape === undefined) return [x!];
    const window = windowOf("LpPool", x!, attributes.kernel_shape!, attributes);
    return [
      { dtype: x!.dtype, shape: [...x!.shape.slice(0, 2), ...windowLengths(x!, window, attributes.ceil_mode === 1)] },
    ];
  },
  gradient({ g, inputs: [x], outputs: [y], upstream: [dy], attributes }) {
    const window = windowOf("LpPool", x!, attributes.kernel_shape!, attributes);
    const operands = { x: x!, y: y!, dy: dy!, p: attributes.p };
    return [powerNormGradient(g, operands, (share) => spreadOverWindows(g, share, x!, window))];
  },
});
