import { defineOp, float, int, optional, string } from "../define-op.ts";

export const labelEncoder = defineOp({
  name: "LabelEncoder",
  domain: "ai.onnx.ml",
  attributes: {
    default_float: float(0),
    default_int64: int(-1),
    default_string: string<string>("_Unused"),
    default_tensor: optional.tensor,
    keys_floats: optional.floats,
    keys_int64s: optional.ints,
    keys_strings: optional.strings,
    keys_tensor: optional.tensor,
    values_floats: optional.floats,
    values_int64s: optional.ints,
    values_strings: optional.strings,
    values_tensor: optional.tensor,
  },
  inputs: [1, 1],
  infer: ({ inputs: [x], attributes: { values_floats, values_int64s, values_tensor } }) => [
    {
      dtype: values_tensor ? values_tensor.dtype : values_floats ? "float32" : values_int64s ? "int64" : "string",
      shape: x!.shape,
    },
  ],
});
