import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import type { CompileStepOptions } from "./compile-step.ts";

const script = fileURLToPath(new URL("./testing/change-shapes.ts", import.meta.url));
// The engine's young generation doubles, now and then, up to a bound that depends on the machine.
const settings = ["--conditions=@athanor/source", "--expose-gc", "--max-semi-space-size=8"];
/** What a process may grow by after its first quarter. */
const tolerance = 0.03;

const options: CompileStepOptions = { maxGraphs: 4, buckets: { tokens: [32, 64, 128], batch: "powers of two" } };

it("takes no more memory after 2,000 steps of changing lengths than after 500", { timeout: 600_000 }, async () => {
  const child = await promisify(execFile)(process.execPath, [...settings, script, JSON.stringify(options)]);
  const { early, late, mostGraphs } = JSON.parse(child.stdout);
  expect(mostGraphs).toBe(4);
  expect(late.derived).toBeGreaterThan(early.derived);
  expect(late.resident / early.resident).toBeLessThan(1 + tolerance);
});
