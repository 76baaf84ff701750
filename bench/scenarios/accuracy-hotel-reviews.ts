import { accuracyBesideTorch } from "../accuracy-beside-torch.ts";

/** Chinese hotel reviews: share of 15 percent of the training part that is labelled right. */
export const run = (log: (line: string) => void) =>
  accuracyBesideTorch({ example: "hotel-reviews", task: "opinion", metric: "accuracy", target: 0.9 }, log);
