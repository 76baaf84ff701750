import { defineLayer } from "../define-layer.ts";

/** Sigmoid, value by value. */
export const sigmoid = defineLayer({ name: "sigmoid", options: {}, build: ({ g, x }) => g.op("Sigmoid", [x]) });
