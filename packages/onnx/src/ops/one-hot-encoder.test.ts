import { checkOp } from "../testing/check-op.ts";
import { oneHotEncoder } from "./one-hot-encoder.ts";

checkOp(oneHotEncoder, [
  {
    title: "texts",
    inputs: [{ shape: [2], dtype: "string", values: ["b", "?"] }],
    attributes: { cats_strings: ["a", "b"] },
  },
]);
