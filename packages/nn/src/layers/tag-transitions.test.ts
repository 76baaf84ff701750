import { checkLayer } from "../testing/check-layer.ts";
import { tagTransitions } from "./tag-transitions.ts";

checkLayer([
  {
    title: "sequences",
    layer: tagTransitions({}),
    input: { dtype: "float32", shape: [4, 3] },
    parameters: { table: [3, 3], start: [3] },
    output: [3, 4, 3, 3],
  },
]);
