import { accuracyBesideTorch } from "../accuracy-beside-torch.ts";

const bench = { example: "cifar", task: "photos", metric: "accuracy", target: 0.76 } as const;

export const run = (log: (line: string) => void): Promise<Record<string, unknown>> => accuracyBesideTorch(bench, log);
