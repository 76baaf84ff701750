import { Random } from "@athanor/core";
import { tableFromRows } from "@athanor/data";
import { checkTask } from "../testing/check-task.ts";
import { classifyTexts } from "./text-classification.ts";

const random = Random.from(5);
const filler = ["the", "boat", "harbour", "was", "we", "and", "it", "saw", "在", "船"];
const signs = { storm: ["wind", "waves", "thunder"], calm: ["sun", "mirror", "still"] } as const;
const rows = Array.from({ length: 80 }, (_, i) => {
  const label = i % 2 === 0 ? "storm" : "calm";
  const words = Array.from({ length: 2 + random.integer(4) }, () => random.choice(filler));
  words.splice(random.integer(words.length), 0, random.choice(signs[label]));
  return { said: words.join(" "), weather: label };
});

checkTask({
  declaration: classifyTexts({
    from: "log",
    text: "said",
    label: "weather",
    epochs: 10,
    batchSize: 8,
    hidden: 8,
    balance: 0.5,
    maxLength: 8,
    testShare: 0.3,
    learningRate: 0.02,
  }),
  tables: { log: tableFromRows(rows) },
  rows: [
    { text: "We saw the waves" },
    { text: "" },
    { text: "it was still, the sun and a word nobody knows: zugzwang" },
  ],
  reaches: { metric: "accuracy", atLeast: 0.9 },
});
