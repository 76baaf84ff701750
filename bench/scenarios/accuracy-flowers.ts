import { accuracy } from "../accuracy.ts";

const bench = { example: "flowers", task: "flowers", metric: "accuracy", target: 0.92 } as const;

export const run = (log: (line: string) => void): Promise<Record<string, unknown>> => accuracy(bench, log);
