import { Random } from "@athanor/core";
import { tableFromRows } from "@athanor/data";
import { checkTask } from "../testing/check-task.ts";
import { classify } from "./tabular-classification.ts";

const random = Random.from(1);
const rows = Array.from({ length: 200 }, (_, id) => {
  const [age, plan] = [18 + random.integer(60), random.choice(["gold", "blue"])];
  return {
    id,
    age: id % 20 === 0 ? null : age,
    plan,
    member: random.uniform() < 0.5,
    left: age > 50 !== (plan === "gold") ? "yes" : "no",
  };
});

checkTask({
  declaration: classify({ from: "people", target: "left", exclude: ["id"], models: ["tree", "logistic"], folds: 3 }),
  tables: { people: tableFromRows(rows) },
  reaches: { metric: "accuracy", atLeast: 0.85 },
});
