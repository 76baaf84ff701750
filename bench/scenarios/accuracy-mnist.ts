import { measureAccuracy } from "../measure-accuracy.ts";

const target = { example: "mnist", model: "digits", metric: "accuracy", reaches: { atLeast: 0.992 } };

export const run = (log: (line: string) => void) => measureAccuracy(target, log);
