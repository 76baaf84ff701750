import { Tensor } from "@athanor/core";
import { checkLayer } from "../testing/check-layer.ts";
import { selfAttention } from "./self-attention.ts";

const parameters = {
  queryWeight: [6, 6],
  queryBias: [6],
  keyWeight: [6, 6],
  valueWeight: [6, 6],
  valueBias: [6],
  outputWeight: [6, 6],
  outputBias: [6],
};

checkLayer([
  {
    title: "two heads",
    layer: selfAttention({ heads: 2 }),
    input: { dtype: "float32", shape: [4, 6] },
    parameters,
    output: [3, 4, 6],
  },
  {
    title: "two heads that look back",
    layer: selfAttention({ heads: 2, causal: true }),
    input: { dtype: "float32", shape: [4, 6] },
    parameters,
    output: [3, 4, 6],
  },
  {
    title: "turned and masked",
    layer: selfAttention({ heads: 3, rotaryBase: 10 }),
    input: { dtype: "float32", shape: [4, 6] },
    extras: { mask: new Tensor("bool", Uint8Array.of(1, 1, 1, 1, 1, 0, 0, 0, 1, 1, 1, 0), [3, 4]) },
    parameters,
    output: [3, 4, 6],
  },
]);
