import { accuracyBesideTorch } from "../accuracy-beside-torch.ts";

/** Names in English news: F1 of spans in the development part. */
export const run = (log: (line: string) => void) =>
  accuracyBesideTorch({ example: "conll2003", task: "names", metric: "f1", target: 0.89 }, log);
