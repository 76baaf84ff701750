import { float32 } from "@athanor/core";
import { checkLayer } from "../testing/check-layer.ts";
import { crossAttention } from "./cross-attention.ts";

checkLayer([
  {
    title: "two heads",
    layer: crossAttention({ heads: 2 }),
    input: { dtype: "float32", shape: [4, 6] },
    extras: {
      memory: float32(
        Array.from({ length: 36 }, (_, i) => Math.sin(i)),
        [3, 2, 6],
      ),
    },
    parameters: {
      queryWeight: [6, 6],
      queryBias: [6],
      keyWeight: [6, 6],
      valueWeight: [6, 6],
      valueBias: [6],
      outputWeight: [6, 6],
      outputBias: [6],
    },
    output: [3, 4, 6],
  },
]);
