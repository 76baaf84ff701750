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

// Without buckets some 700 graphs are opened and closed, and the C library's heap for the worker's thread falls to pieces: all
// threads share the one that is given back.
it.each<[string, CompileStepOptions, Readonly<Record<string, string>>]>([
  ["in buckets", { maxGraphs: 4, buckets: { tokens: [32, 64, 128], batch: "powers of two" } }, {}],
  ["without buckets, in one heap", { maxGraphs: 4 }, { MALLOC_ARENA_MAX: "1" }],
])(
  "takes no more memory after 2,000 steps of changing lengths than after 500, %s",
  { timeout: 600_000 },
  async (_, options, env) => {
    const child = await promisify(execFile)(process.execPath, [...settings, script, JSON.stringify(options)], {
      env: { ...process.env, ...env },
    });
    const { early, late, mostGraphs } = JSON.parse(child.stdout);
    expect(mostGraphs).toBe(4);
    expect(late.derived).toBeGreaterThan(early.derived);
    expect(late.resident / early.resident).toBeLessThan(1 + tolerance);
  },
);
