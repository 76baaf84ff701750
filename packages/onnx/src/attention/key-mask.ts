import { AthanorError } from "@athanor/core";
import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import type { Dim } from "../model.ts";

/**
 * Which keys may be seen, from the mask of the fused operators: how many keys are real `[batch]`, or which ones
 * `[batch, keys]` or `[batch, queries, keys]`.
 *
 * @returns truths that broadcast against `[batch, heads, queries, keys]`
 */
export function keyMask(
  g: GraphBuilder,
  op: string,
  mask: Value | undefined,
  batch: Dim,
  keys: Dim,
): Value | undefined {
  if (mask === undefined) return undefined;
  const [first, second, third] = mask.shape;
  if (mask.shape.length === 1 && first === batch) {
    const places = g.constant(
      Array.from({ length: Number(keys) }, (_, i) => i),
      "int32",
    );
    return g.less(places, g.reshape(g.cast(mask, "int32"), [-1, 1, 1, 1]));
  }
  const isReal = g.greater(mask, 0);
  if (mask.shape.length === 2) return g.reshape(isReal, [first!, 1, 1, second!]);
  if (mask.shape.length === 3) return g.reshape(isReal, [first!, 1, second!, third!]);
  throw new AthanorError(
    "onnx/unsupported",
    `${op}: expected a mask of [batch], [batch, keys] or [batch, queries, keys] for its gradient, got [${mask.shape.join(", ")}]`,
    { fix: "Give the mask by keys.", details: { op, mask: mask.shape } },
  );
}
