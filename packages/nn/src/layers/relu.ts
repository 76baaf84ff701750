import { defineLayer } from "../define-layer.ts";

/** Relu, value by value. */
export const relu = defineLayer({ name: "relu", options: {}, build: ({ g, x }) => g.op("Relu", [x]) });
