import { accuracyBesideTorch } from "../accuracy-beside-torch.ts";

/** Short messages: F1 of spam in a fifth of the training part. */
export const run = (log: (line: string) => void) =>
  accuracyBesideTorch({ example: "sms-spam", task: "spam", metric: "f1 of spam", target: 0.96 }, log);
