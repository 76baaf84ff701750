import { constantTensor } from "../constant-tensor.ts";
import { defineOp, float, int } from "../define-op.ts";
import { staticShape } from "../shapes.ts";

export const lrn = defineOp({
  name: "LRN",
  attributes: { alpha: float(0.0001), beta: float(0.75), bias: float(1), size: int(1) },
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [x!],
  // y = x s^(−β) with s = bias + α/size · B x² and B the band that adds up neighbouring channels;
  // dx = dy s^(−β) − 2αβ/size · x · Bᵀ(dy x s^(−β−1))
  gradient({ g, inputs: [x], upstream: [dy], attributes: { alpha, beta, bias, size } }) {
    const shape = staticShape("LRN", x!);
    const [batch, channels] = shape as [number, number];
    const flat = (value: typeof x) => g.reshape(value!, [batch, channels, -1]);
    const [before, after] = [Math.floor((size - 1) / 2), Math.ceil((size - 1) / 2)];
    const cells = Array.from({ length: channels ** 2 }, (_, i) => (i % channels) - Math.floor(i / channels));
    const numbers = cells.map((offset) => (offset >= -before && offset <= after ? 1 : 0));
    const band = g.constant(constantTensor(numbers, x!.dtype as "float32").reshape([channels, channels]));
    const rows = flat(x);
    const down = flat(dy);
    const s = g.add(g.mul(g.matMul(band, g.mul(rows, rows)), alpha / size), bias);
    const pulled = g.matMul(g.transpose(band), g.mul(g.mul(down, rows), g.pow(s, -beta - 1)));
    const dx = g.sub(g.mul(down, g.pow(s, -beta)), g.mul(g.mul(rows, pulled), (2 * alpha * beta) / size));
    return [g.reshape(dx, shape)];
  },
});
