import { accuracyBesideTorch } from "../accuracy-beside-torch.ts";

const bench = { example: "beijing-air", task: "air", metric: "rmse", target: 24, better: "lower" } as const;

export const run = (log: (line: string) => void): Promise<Record<string, unknown>> => accuracyBesideTorch(bench, log);
