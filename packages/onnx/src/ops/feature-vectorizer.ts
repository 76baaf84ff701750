import { defineOp, optional } from "../define-op.ts";

export const featureVectorizer = defineOp({
  name: "FeatureVectorizer",
  domain: "ai.onnx.ml",
  attributes: { inputdimensions: optional.ints },
  inputs: [1, 2 ** 31],
  infer({ inputs, attributes: { inputdimensions } }) {
    const widths = inputdimensions ?? inputs.map((input) => Number(input!.shape?.at(-1)));
    const { shape } = inputs[0]!;
    const batch = shape?.length === 1 ? 1 : shape?.[0];
    return [
      {
        dtype: "float32",
        shape: batch === undefined ? undefined : [batch, widths.reduce((sum, width) => sum + width, 0)],
      },
    ];
  },
});
