import { AthanorError, type Tensor } from "@athanor/core";
import { defineOp, optional } from "../define-op.ts";
import type { ValueType } from "../model.ts";

export const constant = defineOp({
  name: "Constant",
  attributes: {
    value: optional.tensor,
    value_float: optional.float,
    value_floats: optional.floats,
    value_int: optional.int,
    value_ints: optional.ints,
    value_string: optional.string,
    value_strings: optional.strings,
  },
  inputs: [0, 0],
  infer: ({ attributes: { value, ...rest } }) => [value ? typeOf(value) : listed(rest)],
});

const typeOf = ({ dtype, shape }: Tensor): ValueType => ({ dtype, shape });

function listed(values: Readonly<Record<string, unknown>>): ValueType {
  const found = Object.entries(values).find(([, given]) => given !== undefined);
  if (found === undefined) {
    throw new AthanorError("onnx/attribute", "Constant: expected a dense value, got none", {
      fix: "Write a sparse value out before the model is imported.",
    });
  }
  const [kind, value] = found;
  const dtype = kind.startsWith("value_float") ? "float32" : kind.startsWith("value_int") ? "int64" : "string";
  return { dtype, shape: Array.isArray(value) ? [value.length] : [] };
}
