import { checkOp } from "../testing/check-op.ts";
import { labelEncoder } from "./label-encoder.ts";

checkOp(labelEncoder, [
  {
    title: "texts to numbers",
    inputs: [{ shape: [2, 1], dtype: "string", values: ["b", "?"] }],
    attributes: { keys_strings: ["a", "b"], values_int64s: [0, 1], default_int64: 2 },
  },
]);
