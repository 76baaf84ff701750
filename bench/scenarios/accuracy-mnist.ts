import { accuracyBesideTorch } from "../accuracy-beside-torch.ts";

const bench = { example: "mnist", task: "digits", metric: "accuracy", target: 0.992 } as const;

export const run = (log: (line: string) => void): Promise<Record<string, unknown>> => accuracyBesideTorch(bench, log);
