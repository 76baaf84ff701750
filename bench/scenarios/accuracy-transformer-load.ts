import { measureAccuracy } from "../measure-accuracy.ts";

const target = { example: "transformer-load", model: "load", metric: "mse", reaches: { atMost: 0.38 } };

export const run = (log: (line: string) => void) => measureAccuracy(target, log);
