import { accuracyBesideTorch } from "../accuracy-beside-torch.ts";

const bench = { example: "chest-x-ray", task: "findings", metric: "f1", target: 0.85 } as const;

export const run = (log: (line: string) => void): Promise<Record<string, unknown>> => accuracyBesideTorch(bench, log);
