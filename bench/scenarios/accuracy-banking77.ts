import { accuracyBesideTorch } from "../accuracy-beside-torch.ts";

/** Questions to a bank, 77 intents: share of a tenth of the training part that is labelled right. */
export const run = (log: (line: string) => void) =>
  accuracyBesideTorch({ example: "banking77", task: "intent", metric: "accuracy", target: 0.9 }, log);
