import { accuracy } from "../accuracy.ts";

/** Questions to a bank, 77 intents: share of a tenth of the training part that is labelled right. */
export const run = (log: (line: string) => void) =>
  accuracy({ example: "banking77", task: "intent", metric: "accuracy", target: 0.9 }, log);
