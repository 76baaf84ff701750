import { real } from "@athanor/core";
import { defineLayer } from "../define-layer.ts";

/** x where it is positive, a small part of it elsewhere. */
export const leakyRelu = defineLayer({
  name: "leakyRelu",
  options: { slope: real(0.01, "slope below zero", { min: 0 }) },
  build: ({ g, x, options: { slope } }) => g.op("LeakyRelu", [x], { alpha: slope }),
});
