import { checkTypes, checkValues, unknownOps, type Verdict } from "../packages/onnx/src/testing/check-node-case.ts";
import { checkGradient } from "../packages/onnx/src/testing/check-node-gradient.ts";
import { nodeCases, readNodeCase } from "../packages/onnx/src/testing/node-case.ts";

const folder = process.env.ATHANOR_ONNX_NODE_TESTS!;
const only = process.argv[2];
const counts: Record<string, number> = {};
const count = (key: string) => (counts[key] = (counts[key] ?? 0) + 1);
const unknown: Record<string, number> = {};
const t0 = performance.now();
for (const name of nodeCases(folder)) {
  if (only && !name.includes(only)) continue;
  count("cases");
  let it: ReturnType<typeof readNodeCase>;
  try {
    it = readNodeCase(folder, name);
  } catch (error) {
    count("unreadable");
    console.log("UNREADABLE", name, (error as Error).message.slice(0, 100));
    continue;
  }
  const missing = unknownOps(it.model);
  if (missing.length > 0) {
    count("no rules");
    for (const op of missing) unknown[op] = (unknown[op] ?? 0) + 1;
    continue;
  }
  count("covered");
  for (const [title, check] of Object.entries({ types: checkTypes, values: checkValues, gradient: checkGradient })) {
    let verdict: Verdict;
    try {
      verdict = await check(it);
    } catch (error) {
      verdict = { kind: "fails", reason: `throws ${(error as Error).message.slice(0, 220)}` };
    }
    count(`${title} ${verdict.kind}${"precision" in verdict ? ` ${verdict.precision}` : ""}`);
    if (verdict.kind !== "holds") console.log(title, verdict.kind, name, verdict.reason);
  }
}
console.log(counts);
console.log(
  Object.entries(unknown)
    .sort((a, b) => b[1] - a[1])
    .map(([op, n]) => `${op} ${n}`)
    .join(", "),
);
console.log("seconds", (performance.now() - t0) / 1000);
