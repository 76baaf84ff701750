import { measureAccuracy } from "../measure-accuracy.ts";

const target = { example: "flowers", model: "flowers", metric: "accuracy", reaches: { atLeast: 0.92 } };

export const run = (log: (line: string) => void) => measureAccuracy(target, log);
