import { float32, type Tensor } from "@athanor/core";

/** A matrix with its axes exchanged. */
export function transposed({ data, shape }: Tensor<"float32">): Tensor<"float32"> {
  const [rows, columns] = shape as readonly [number, number];
  const turned = new Float32Array(data.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) turned[column * rows + row] = data[row * columns + column]!;
  return float32(turned, [columns, rows]);
}
