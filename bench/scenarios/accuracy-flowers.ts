import { accuracyBesideTorch } from "../accuracy-beside-torch.ts";

const bench = { example: "flowers", task: "flowers", metric: "accuracy", target: 0.92 } as const;

export const run = (log: (line: string) => void): Promise<Record<string, unknown>> => accuracyBesideTorch(bench, log);
