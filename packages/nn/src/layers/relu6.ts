import { defineLayer } from "../define-layer.ts";

/** x between 0 and 6, value by value. */
export const relu6 = defineLayer({
  name: "relu6",
  options: {},
  build: ({ g, x }) => g.op("Clip", [x, g.constant(0), g.constant(6)]),
});
