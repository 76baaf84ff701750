import { accuracy } from "../accuracy.ts";

/** Sentences of film reviews: share of the development part that is labelled right. */
export const run = (log: (line: string) => void) =>
  accuracy({ example: "sst2", task: "praise", metric: "accuracy", target: 0.82 }, log);
