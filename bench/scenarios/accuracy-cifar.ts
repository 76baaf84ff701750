import { accuracy } from "../accuracy.ts";

const bench = { example: "cifar", task: "photos", metric: "accuracy", target: 0.76 } as const;

export const run = (log: (line: string) => void): Promise<Record<string, unknown>> => accuracy(bench, log);
