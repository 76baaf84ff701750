import { Random } from "@athanor/core";
import { tableFromRows } from "@athanor/data";
import { checkTask } from "../testing/check-task.ts";
import { regress } from "./tabular-regression.ts";

const random = Random.from(2);
const rows = Array.from({ length: 300 }, () => {
  const [size, place] = [20 + 100 * random.uniform(), random.choice(["town", "village"])];
  return { size, place, price: 2 * size + (place === "town" ? 80 : 0) + 5 * random.normal() };
});

checkTask({
  declaration: regress({ from: "flats", target: "price", models: ["tree"] }),
  tables: { flats: tableFromRows(rows) },
  reaches: { metric: "r2", atLeast: 0.9 },
});
