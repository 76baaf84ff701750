import { defineOp } from "../define-op.ts";
import { realGradient } from "../rules/real-gradient.ts";
import { alongAxis, isSingle } from "../rules/zero-points.ts";
import { staticShape } from "../shapes.ts";
import { convAttributes, convShape } from "../windows/conv-shape.ts";

export const convInteger = defineOp({
  name: "ConvInteger",
  attributes: convAttributes,
  inputs: [2, 4],
  isQuantized: true,
  infer: ({ inputs: [x, w], attributes }) => [{ dtype: "int32", shape: convShape("ConvInteger", x!, w!, attributes) }],
  // The runtime takes one zero point of the weights: Σ (x − z)(w − v) = Σ (x − z) w − v Σ (x − z)
  lower({ g, inputs: [x, w, xZero, wZero], attributes }) {
    if (isSingle(wZero)) return undefined;
    const { group } = attributes;
    const [maps, ...window] = staticShape("ConvInteger", w!) as readonly [number, ...number[]];
    const ones = g.op("Expand", [g.constant(1, "uint8"), g.constant([group, ...window], "int64")]);
    const sums = g.op("ConvInteger", [x, ones, xZero], attributes);
    const groups = Array.from({ length: maps }, (_, map) => Math.floor((map * group) / maps));
    const shared = group === 1 ? sums : g.gather(sums, g.constant(groups, "int64"), 1);
    const zeros = g.cast(alongAxis(g, wZero!, 1, x!.shape.length), "int32");
    return [g.sub(g.op("ConvInteger", [x, w, xZero], attributes), g.mul(zeros, shared))];
  },
  gradient: (context) => realGradient(context, [1, 0], (x, w) => context.g.op("Conv", [x, w], context.attributes)),
});
