import { defineLayer } from "../define-layer.ts";

/** Gelu, value by value. */
export const gelu = defineLayer({ name: "gelu", options: {}, build: ({ g, x }) => g.op("Gelu", [x]) });
