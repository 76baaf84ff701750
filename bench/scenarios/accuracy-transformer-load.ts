import { accuracyBesideTorch } from "../accuracy-beside-torch.ts";

const bench = { example: "transformer-load", task: "load", metric: "mse", target: 0.38, better: "lower" } as const;

export const run = (log: (line: string) => void): Promise<Record<string, unknown>> => accuracyBesideTorch(bench, log);
