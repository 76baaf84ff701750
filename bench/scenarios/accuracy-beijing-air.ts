import { measureAccuracy } from "../measure-accuracy.ts";

const target = { example: "beijing-air", model: "air", metric: "rmse", reaches: { atMost: 24 } };

export const run = (log: (line: string) => void) => measureAccuracy(target, log);
