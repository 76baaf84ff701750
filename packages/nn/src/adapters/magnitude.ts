import { float32, int64, type Tensor } from "@athanor/core";
import type { Node } from "@athanor/onnx";

/** Euclidean length of each output's weights: `[out]` */
export function magnitudeOf({ data, shape }: Tensor<"float32">, isTransposed: boolean): Tensor<"float32"> {
  const [rows, columns] = shape as readonly [number, number];
  const sums = new Float64Array(isTransposed ? rows : columns);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      sums[isTransposed ? row : column]! += data[row * columns + column]! ** 2;
  return float32(Float32Array.from(sums, Math.sqrt), [sums.length]);
}

interface Direction {
  readonly weight: string;
  readonly isTransposed: boolean;
  readonly a: string;
  readonly b: string;
  readonly factor: string;
  readonly lengths: string;
  /** x (W + s A B) */
  readonly sum: string;
  readonly bias: string | undefined;
  readonly output: string;
  fresh(part: string): string;
  step(op: string, inputs: readonly string[], output: string, attributes?: Node["attributes"]): Node;
  store(name: string, tensor: Tensor): unknown;
}

/** y = x V · m / ‖V‖ + bias with V = W + s A B, lengths taken over each output's weights. */
export function magnitudeNodes(direction: Direction): readonly Node[] {
  const { weight, isTransposed, a, b, factor, lengths, sum, bias, output, fresh, step, store } = direction;
  const [product, change, turned, whole] = ["product", "change", "turned", "whole"].map(fresh) as [
    string,
    string,
    string,
    string,
  ];
  const [norm, share, axes] = ["norm", "share", "axes"].map(fresh) as [string, string, string];
  const scaled = bias === undefined ? output : fresh("scaled");
  store(axes, int64([isTransposed ? 1 : 0]));
  const perm = { perm: { kind: "ints", value: [1, 0] } } as const;
  const keep = { keepdims: { kind: "int", value: 0 } } as const;
  return [
    step("MatMul", [a, b], product),
    step("Mul", [product, factor], change),
    ...(isTransposed ? [step("Transpose", [change], turned, perm)] : []),
    step("Add", [weight, isTransposed ? turned : change], whole),
    step("ReduceL2", [whole, axes], norm, keep),
    step("Div", [lengths, norm], share),
    step("Mul", [sum, share], scaled),
    ...(bias === undefined ? [] : [step("Add", [scaled, bias], output)]),
  ];
}
