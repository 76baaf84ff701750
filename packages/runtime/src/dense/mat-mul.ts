import type { Tensor } from "@athanor/core";
import type { Value } from "@athanor/onnx";
import { compile } from "../compile.ts";

const product = compile((g, a: Value, b: Value) => g.matMul(a, b));

/**
 * The matrix product, `[…, m, k]` by `[…, k, n]`.
 *
 * @throws `onnx/shape` when the inner axes differ
 */
export const matMul = (a: Tensor, b: Tensor): Promise<Tensor> => product(a, b);
