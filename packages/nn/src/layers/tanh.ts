import { defineLayer } from "../define-layer.ts";

/** Tanh, value by value. */
export const tanh = defineLayer({ name: "tanh", options: {}, build: ({ g, x }) => g.op("Tanh", [x]) });
