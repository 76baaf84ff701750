import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { startServer } from "@athanor/server";
import { checkPlanted } from "./check-planted.ts";
import { generateBookshop, type Planted } from "./generate.ts";

const here = import.meta.dirname;
const data = join(here, "data");
const planted: Planted = existsSync(join(data, "planted.json"))
  ? JSON.parse(readFileSync(join(data, "planted.json"), "utf8"))
  : await generateBookshop(data);
console.log("The bookshop: books, customers, orders, ratings, reviews in two languages, covers.\n");

const learned = spawnSync(
  process.execPath,
  [join(here, "../../packages/athanor/bin/athanor.js"), "learn", "--project", here],
  { stdio: "inherit" },
);
if (learned.status !== 0) process.exit(learned.status ?? 1);

console.log("\nWhat was hidden in the data, and what was found:");
const found = await checkPlanted(here, planted);
for (const { what, found: how, isEnough } of found) console.log(`  ${isEnough ? "✓" : "✗"} ${what}: ${how}`);

await using server = await startServer({ directory: here, port: 0 });
const answer = await fetch(`${server.address}/v1/predict/taste`, {
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ user: "1" }),
});
const { predictions } = (await answer.json()) as {
  predictions: readonly { recommendations: readonly { book: string; rating: number }[] }[];
};
const [best] = predictions[0]!.recommendations;
console.log(`\nAsked over HTTP: customer 1 would like book ${best!.book} (${best!.rating.toFixed(2)}).`);
console.log(`Report: ${join(here, ".athanor/report.html")}`);
console.log(
  `Server: it answered at ${server.address} and stops now; start it again with npx athanor serve --project ${here}`,
);
process.exitCode = found.every(({ isEnough }) => isEnough) ? 0 : 1;
