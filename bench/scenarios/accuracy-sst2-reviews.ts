import { accuracyBesideTorch } from "../accuracy-beside-torch.ts";

/** The same after a first look at whole reviews: share of the development part that is labelled right. */
export const run = (log: (line: string) => void) =>
  accuracyBesideTorch({ example: "sst2", task: "praiseAfterReviews", metric: "accuracy", target: 0.82 }, log);
