import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import type { CompileStepOptions } from "./compile-step.ts";

const script = fileURLToPath(new URL("./testing/change-shapes.ts", import.meta.url));
// The engine's young generations grow by a multiple of this when they like.
const settings = ["--conditions=@athanor/source", "--expose-gc", "--max-semi-space-size=1"];

/** The C library then gives back what is free, of which its heap for the worker's thread otherwise keeps holes as long as it likes. */
const allocator = { MALLOC_ARENA_MAX: "1", MALLOC_TRIM_THRESHOLD_: "65536", MALLOC_MMAP_THRESHOLD_: "32768" };
/** What a process may grow by once it is warm. */
const tolerance = 0.03;

it.each<[string, CompileStepOptions]>([
  ["in buckets", { maxGraphs: 4, buckets: { tokens: [32, 64, 128], batch: "powers of two" } }],
  ["without buckets", { maxGraphs: 4 }],
])(
  "takes no more memory over 2,000 steps of changing lengths once it is warm, %s",
  { timeout: 600_000 },
  async (_, options) => {
    const child = await promisify(execFile)(process.execPath, [...settings, script, JSON.stringify(options)], {
      env: { ...process.env, ...allocator },
    });
    const { early, late, mostGraphs } = JSON.parse(child.stdout);
    expect(mostGraphs).toBe(4);
    expect(late.derived).toBeGreaterThan(early.derived);
    expect(late.resident / early.resident).toBeLessThan(1 + tolerance);
  },
);
