import { Random } from "@athanor/core";
import { tableFromRows } from "@athanor/data";
import { checkTask } from "../testing/check-task.ts";
import { tagTokens } from "./token-tagging.ts";

const random = Random.from(5);
const rows = Array.from({ length: 60 }, () => {
  const name = random.choice(["Ada", "Bo Berg", "Cem"]).split(" ");
  const before = random.choice([["then"], ["we", "saw"], ["and"]]);
  const tokens = [...before, ...name, "sailed", "home"];
  const tags = [...before.map(() => "O"), ...name.map((_, i) => (i === 0 ? "B-PER" : "I-PER")), "O", "O"];
  return { tokens: tokens.join(" "), tags: tags.join(" ") };
});

checkTask({
  declaration: tagTokens({
    from: "log",
    epochs: 6,
    batchSize: 8,
    members: 2,
    width: 8,
    hidden: 8,
    dropout: 0.1,
    testShare: 0.3,
    learningRate: 0.03,
  }),
  tables: { log: tableFromRows(rows) },
  rows: [{ text: "then Bo Berg sailed home." }, { text: "" }, { text: "Ada, we saw" }],
  reaches: { metric: "f1", atLeast: 0.8 },
});
