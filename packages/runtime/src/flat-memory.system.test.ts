import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import type { CompileStepOptions } from "./compile-step.ts";

const script = fileURLToPath(new URL("./testing/change-shapes.ts", import.meta.url));
// The engine's young generations grow by a multiple of this when they like.
const settings = ["--conditions=@athanor/source", "--expose-gc", "--max-semi-space-size=1"];

// Without buckets some 700 graphs are opened and closed: the C library's heap for the worker's thread has holes then, that grow no
// more. What a graph leaves behind by mistake, such as the memory of its batches, comes to a multiple of the bound.
it.each<[string, number, CompileStepOptions]>([
  ["in buckets", 0.03, { maxGraphs: 4, buckets: { tokens: [32, 64, 128], batch: "powers of two" } }],
  ["without buckets", 0.1, { maxGraphs: 4 }],
])(
  "takes no more memory after 2,000 steps of changing lengths than after 500, %s",
  { timeout: 600_000 },
  async (_, tolerance, options) => {
    const child = await promisify(execFile)(process.execPath, [...settings, script, JSON.stringify(options)]);
    const { early, late, mostGraphs } = JSON.parse(child.stdout);
    expect(mostGraphs).toBe(4);
    expect(late.derived).toBeGreaterThan(early.derived);
    expect(late.resident / early.resident).toBeLessThan(1 + tolerance);
  },
);
