import { Tensor as OrtTensor } from "onnxruntime-node";
import type { PlainTensor } from "./protocol.ts";

/** A tensor as the runtime's binding takes it. */
export const toOrt = ({ dtype, data, shape }: PlainTensor): OrtTensor =>
  new OrtTensor(dtype as "float32", data as Float32Array, shape);

/** What the runtime's binding gives, as it crosses between threads. */
export const toPlain = ({ type, data, dims }: OrtTensor): PlainTensor => ({
  dtype: type as PlainTensor["dtype"],
  data,
  shape: dims,
});
