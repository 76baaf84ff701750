import { measureAccuracy } from "../measure-accuracy.ts";

const target = { example: "chest-x-ray", model: "findings", metric: "f1", reaches: { atLeast: 0.85 } };

export const run = (log: (line: string) => void) => measureAccuracy(target, log);
