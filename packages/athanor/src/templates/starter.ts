import { Random } from "@athanor/core";
import { version } from "../version.ts";
import type { Template } from "./template.ts";

/** Customers of an invented gym, who leave when they come seldom and pay much. */
function customers(): string {
  const random = Random.from(7);
  const plans = ["basic", "plus", "family"];
  const rows = Array.from({ length: 600 }, (_, i) => {
    const plan = random.choice(plans);
    const visits = Math.round(random.uniform() * 16);
    const fee = { basic: 25, plus: 40, family: 60 }[plan]! + random.integer(10);
    const leaves = random.uniform() < 1 / (1 + Math.exp(0.6 * visits - 0.06 * fee - 0.5));
    return [i + 1, plan, visits, fee, random.integer(60) + 18, leaves ? "yes" : "no"].join(",");
  });
  return `${["id,plan,visits_per_month,fee,age,left", ...rows].join("\n")}\n`;
}

const config = (name: string) => `import { classify, csv, defineConfig, entities } from "athanor";

export default defineConfig({
  name: ${JSON.stringify(name)},
  sources: { customers: csv("data/customers.csv", { key: "id" }) },
  knowledge: { customers: entities("Customer", { key: "id", links: { plan: { relation: "HAS_PLAN", type: "Plan" } } }) },
  learn: { churn: classify({ from: "customers", target: "left", exclude: ["id"] }) },
});
`;

const manifest = (name: string) =>
  JSON.stringify(
    {
      name: name.toLowerCase().replace(/[^a-z0-9-]+/g, "-") || "learning-system",
      private: true,
      type: "module",
      scripts: { learn: "athanor learn", serve: "athanor serve" },
      dependencies: { athanor: `^${version}` },
      engines: { node: ">=22.12" },
    },
    null,
    2,
  );

/** One table, one graph, one model: the smallest system that does everything. */
export const starter: Template = (name) => ({
  "learn.config.ts": config(name),
  "package.json": `${manifest(name)}\n`,
  "data/customers.csv": customers(),
  ".gitignore": "node_modules/\n.athanor/\n",
});
