import { measureAccuracy } from "../measure-accuracy.ts";

const target = { example: "spoken-digits", model: "digits", metric: "accuracy", reaches: { atLeast: 0.98 } };

export const run = (log: (line: string) => void) => measureAccuracy(target, log);
