import { defineOp, int, optional, string } from "../define-op.ts";

/** @see https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.Tokenizer */
export const tokenizer = defineOp({
  name: "Tokenizer",
  domain: "com.microsoft",
  attributes: {
    mark: int(0),
    mincharnum: int(1),
    pad_value: string<string>(""),
    separators: optional.strings,
    stopwords: optional.strings,
    tokenexp: optional.string,
  },
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [{ dtype: "string", shape: x!.shape && [...x!.shape, "tokens"] }],
});
