import { integersOf } from "../constant-tensor.ts";
import { defineOp, int } from "../define-op.ts";
import { elementType } from "../element-types.ts";

export const melWeightMatrix = defineOp({
  name: "MelWeightMatrix",
  attributes: { output_datatype: int(1) },
  inputs: [5, 5],
  infer({ attributes: { output_datatype }, constant }) {
    const dtype = elementType(output_datatype);
    const [bands, length] = [constant(0), constant(1)];
    if (bands === undefined || length === undefined) return [{ dtype, shape: undefined }];
    return [{ dtype, shape: [Math.floor(integersOf(length)[0]! / 2) + 1, integersOf(bands)[0]!] }];
  },
});
