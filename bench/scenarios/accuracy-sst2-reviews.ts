import { accuracy } from "../accuracy.ts";

/** The same after a first look at whole reviews: share of the development part that is labelled right. */
export const run = (log: (line: string) => void) =>
  accuracy({ example: "sst2", task: "praiseAfterReviews", metric: "accuracy", target: 0.82 }, log);
