import { measureAccuracy } from "../measure-accuracy.ts";

const target = { example: "cifar", model: "photos", metric: "accuracy", reaches: { atLeast: 0.76 } };

export const run = (log: (line: string) => void) => measureAccuracy(target, log);
