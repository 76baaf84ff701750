import { accuracyBesideTorch } from "../accuracy-beside-torch.ts";

/** Facts in Chinese résumés: F1 of spans in the development part. */
export const run = (log: (line: string) => void) =>
  accuracyBesideTorch({ example: "resume-ner", task: "facts", metric: "f1", target: 0.94 }, log);
