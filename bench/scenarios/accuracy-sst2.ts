import { accuracyBesideTorch } from "../accuracy-beside-torch.ts";

/** Sentences of film reviews: share of the development part that is labelled right. */
export const run = (log: (line: string) => void) =>
  accuracyBesideTorch({ example: "sst2", task: "praise", metric: "accuracy", target: 0.82 }, log);
