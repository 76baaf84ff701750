import { checkTypes, checkValues, unknownOps, type Verdict } from "../packages/onnx/src/testing/check-node-case.ts";
import { checkGradient } from "../packages/onnx/src/testing/check-node-gradient.ts";
import { nodeCases, readNodeCase } from "../packages/onnx/src/testing/node-case.ts";

/*
 * Counts what holds of ONNX's backend node tests and prints what does not; cases whose name contains the argument, or all.
 * ATHANOR_ONNX_NODE_TESTS=FOLDER node --conditions=@athanor/source scripts/node-tests-report.ts [PART]
 */
const folder = process.env.ATHANOR_ONNX_NODE_TESTS ?? "bench/peers/.venv/onnx-node-tests";
const [, , part = ""] = process.argv;
const counts = new Map<string, number>();
const count = (key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
const missing = new Map<string, number>();

for (const name of nodeCases(folder).filter((each) => each.includes(part))) {
  count("cases");
  let it: ReturnType<typeof readNodeCase>;
  try {
    it = readNodeCase(folder, name);
  } catch {
    count("of types that are not held (eight bits or less, sequences, maps)");
    continue;
  }
  const unknown = unknownOps(it.model);
  for (const op of unknown) missing.set(op, (missing.get(op) ?? 0) + 1);
  if (unknown.length > 0) {
    count("of operators without rules");
    continue;
  }
  count("covered");
  for (const [title, check] of Object.entries({ types: checkTypes, values: checkValues, gradient: checkGradient })) {
    let verdict: Verdict;
    try {
      verdict = await check(it);
    } catch (error) {
      verdict = { kind: "fails", reason: `throws ${(error as Error).message}` };
    }
    count(`${title} ${verdict.kind}${verdict.kind === "holds" && verdict.precision ? ` in ${verdict.precision}` : ""}`);
    if (verdict.kind !== "holds") console.log(title, verdict.kind, name, verdict.reason.slice(0, 240));
  }
}
console.log(Object.fromEntries(counts));
console.log(Object.fromEntries([...missing].sort(([, a], [, b]) => b - a)));
