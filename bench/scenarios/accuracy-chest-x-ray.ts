import { accuracy } from "../accuracy.ts";

const bench = { example: "chest-x-ray", task: "findings", metric: "f1", target: 0.85 } as const;

export const run = (log: (line: string) => void): Promise<Record<string, unknown>> => accuracy(bench, log);
