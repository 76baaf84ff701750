import { accuracy } from "../accuracy.ts";

/** Short messages: F1 of spam in a fifth of the training part. */
export const run = (log: (line: string) => void) =>
  accuracy({ example: "sms-spam", task: "spam", metric: "f1 of spam", target: 0.96 }, log);
