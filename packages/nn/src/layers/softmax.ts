import { defineLayer } from "../define-layer.ts";

/** Softmax over the last axis. */
export const softmax = defineLayer({ name: "softmax", options: {}, build: ({ g, x }) => g.op("Softmax", [x]) });
