import { sizeOf } from "@athanor/core";
import type { Model } from "@athanor/onnx";
import type { Network } from "../network.ts";

/** How much of a model is trained. */
export interface TrainableShare {
  readonly trained: number;
  readonly total: number;
  /** trained / total */
  readonly share: number;
}

const isFloat = (dtype: string): boolean => dtype === "float32" || dtype === "float16" || dtype === "float64";

/** Numbers that a network trains, beside all floating-point numbers of the model and of what was put on it. */
export function trainableShare({ graph }: Model, { parameters }: Network): TrainableShare {
  const count = (shapes: readonly (readonly number[])[]) => shapes.reduce((sum, shape) => sum + sizeOf(shape), 0);
  const trained = count(Object.values(parameters).map(({ shape }) => shape));
  const others = [...graph.initializers].filter(([name, { dtype }]) => isFloat(dtype) && !(name in parameters));
  const total = trained + count(others.map(([, { shape }]) => shape));
  return { trained, total, share: trained / total };
}
