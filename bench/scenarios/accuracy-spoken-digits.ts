import { accuracyBesideTorch } from "../accuracy-beside-torch.ts";

const bench = { example: "spoken-digits", task: "digits", metric: "accuracy", target: 0.98 } as const;

export const run = (log: (line: string) => void): Promise<Record<string, unknown>> => accuracyBesideTorch(bench, log);
