import { defineOp, int } from "../define-op.ts";
import type { ValueType } from "../model.ts";
import { realOf, wholeOf } from "../rules/real-of.ts";
import { concat } from "./concat.ts";

/** Scale and zero point of the result come first, then each part with its own. */
export const qLinearConcat = defineOp({
  name: "QLinearConcat",
  domain: "com.microsoft",
  attributes: { axis: int(0) },
  inputs: [5, Number.POSITIVE_INFINITY],
  isQuantized: true,
  infer: (context) => concat.infer({ ...context, inputs: partsOf(context.inputs).map(([part]) => part as ValueType) }),
  decompose({ g, inputs, attributes: { axis } }) {
    const [scale, zero] = inputs;
    const parts = partsOf(inputs).map(([part, partScale, partZero]) => realOf(g, part!, partScale!, partZero));
    return [wholeOf(g, g.concat(parts, axis), scale!, zero!)];
  },
});

/** The triples of a part, its scale and its zero point. */
const partsOf = <T>(inputs: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: (inputs.length - 2) / 3 }, (_, i) => inputs.slice(2 + 3 * i, 5 + 3 * i));
