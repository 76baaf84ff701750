import { float32, integer, required, type Tensor } from "@athanor/core";
import { defineLayer, lengthOf } from "../define-layer.ts";

/** Means of so many windows that cover the map evenly: `[batch, channels, height, width] → [batch, channels, rows, columns]`. */
export const adaptiveAveragePool2d = defineLayer({
  name: "adaptiveAveragePool2d",
  options: {
    rows: integer(required, "height of the output", { min: 1 }),
    columns: integer(required, "width of the output", { min: 1 }),
  },
  build({ g, x, options: { rows, columns } }) {
    const [left, right] = [shares(rows, lengthOf(x.shape, 2)), shares(columns, lengthOf(x.shape, 3))];
    return g.matMul(g.matMul(g.constant(left), x), g.transpose(g.constant(right)));
  },
});

/** Row i takes the mean of the places from ⌊i n / m⌋ to ⌈(i + 1) n / m⌉: `[m, n]`. */
function shares(m: number, n: number): Tensor<"float32"> {
  const rows = Array.from({ length: m }, (_, i) => {
    const [from, to] = [Math.floor((i * n) / m), Math.ceil(((i + 1) * n) / m)];
    return Array.from({ length: n }, (_, k) => (k >= from && k < to ? 1 / (to - from) : 0));
  });
  return float32(rows.flat(), [m, n]);
}
