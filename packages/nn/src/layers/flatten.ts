import { defineLayer } from "../define-layer.ts";

/** All axes after the batch become one: `[batch, …] → [batch, features]`. */
export const flatten = defineLayer({ name: "flatten", options: {}, build: ({ g, x }) => g.op("Flatten", [x]) });
