import { accuracy } from "../accuracy.ts";

const bench = { example: "transformer-load", task: "load", metric: "mse", target: 0.38, better: "lower" } as const;

export const run = (log: (line: string) => void): Promise<Record<string, unknown>> => accuracy(bench, log);
