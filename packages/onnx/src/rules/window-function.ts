import { type InferContext, int } from "../define-op.ts";
import { elementType } from "../element-types.ts";
import type { ValueType } from "../model.ts";

/** Attributes of the functions that weigh a stretch of a signal. */
export const windowSpec = { output_datatype: int(1), periodic: int(1) } as const;

export function inferWindow({
  attributes: { output_datatype },
  constant,
}: InferContext<typeof windowSpec>): readonly ValueType[] {
  const size = constant(0)?.data[0];
  return [{ dtype: elementType(output_datatype), shape: [size === undefined ? "size" : Number(size)] }];
}
