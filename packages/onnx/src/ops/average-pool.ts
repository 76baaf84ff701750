import { tensorOfNumbers } from "../constant-tensor.ts";
import { defineOp, int, optional, string } from "../define-op.ts";
import { spatialShape } from "../shapes.ts";
import { spreadOverWindows } from "../windows/spread-over-windows.ts";
import { type Window, windowLengths, windowOf } from "../windows/window.ts";

export const averagePool = defineOp({
  name: "AveragePool",
  attributes: {
    auto_pad: string<"NOTSET" | "SAME_UPPER" | "SAME_LOWER" | "VALID">("NOTSET"),
    ceil_mode: int(0),
    count_include_pad: int(0),
    dilations: optional.ints,
    kernel_shape: optional.ints,
    pads: optional.ints,
    strides: optional.ints,
  },
  inputs: [1, 1],
  infer({ inputs: [x], attributes }) {
    if (x!.shape === undefined) return [x!];
    const lengths = windowLengths(
      x!,
      windowOf("AveragePool", x!, attributes.kernel_shape!, attributes),
      attributes.ceil_mode === 1,
    );
    return [{ dtype: x!.dtype, shape: [...x!.shape.slice(0, 2), ...lengths] }];
  },
  // dx = dy / (elements seen), added over each window
  gradient({ g, inputs: [x], upstream: [dy], attributes }) {
    const window = windowOf("AveragePool", x!, attributes.kernel_shape!, attributes);
    const lengths = spatialShape("AveragePool", x!);
    const positions = spatialShape("AveragePool", dy!);
    const counts = countsOf(window, lengths, positions, attributes.count_include_pad === 1);
    const share = g.div(dy!, g.constant(tensorOfNumbers(dy!.dtype, counts, [1, 1, ...positions])));
    return [spreadOverWindows(g, share, x!, window)];
  },
});

/** How many elements each position's average is over. */
function countsOf(
  { kernel, strides, dilations, pads }: Window,
  lengths: readonly number[],
  positions: readonly number[],
  padded: boolean,
): readonly number[] {
  return kernel.reduce<readonly number[]>(
    (counts, size, axis) => {
      const along = Array.from({ length: positions[axis]! }, (_, position) => {
        const start = position * strides[axis]! - pads[axis]!;
        const [low, high] = padded ? [-pads[axis]!, lengths[axis]! + pads[axis + kernel.length]!] : [0, lengths[axis]!];
        return Array.from({ length: size }, (_, tap) => start + tap * dilations[axis]!).filter(
          (at) => at >= low && at < high,
        ).length;
      });
      return counts.flatMap((count) => along.map((seen) => count * seen));
    },
    [1],
  );
}
