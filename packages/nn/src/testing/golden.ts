import { readFileSync } from "node:fs";
import { float32, int64, type Tensor } from "@athanor/core";

export interface RecordedTensor {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** Values that PyTorch gave, recorded by the scripts `golden/record/nn*.py`. */
export const golden = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../../../../golden/nn/${name}.json`, import.meta.url), "utf8")) as T;

export const floats = ({ shape, data }: RecordedTensor): Tensor<"float32"> => float32(data, shape);
export const integers = ({ shape, data }: RecordedTensor): Tensor<"int64"> => int64(data).reshape(shape);
