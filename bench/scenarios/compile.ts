import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { median } from "../median.ts";

const compileOnce = fileURLToPath(new URL("../compile-once.ts", import.meta.url));
const rounds = 5;

interface Once {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly nodes: number;
  readonly derived: number;
}

/** Compiles training steps of two networks, each in a process of its own: cold, then with what the one before has kept. */
export async function run(log: (line: string) => void): Promise<Record<string, unknown>> {
  const figures: Record<string, unknown> = {};
  for (const name of ["resnet50", "bert"]) {
    const seconds = { cold: [] as number[], cached: [] as number[] };
    const cpuSeconds = { cold: [] as number[], cached: [] as number[] };
    let nodes = 0;
    for (let round = 0; round < rounds; round++) {
      const cache = await mkdtemp(join(tmpdir(), "athanor-bench-"));
      try {
        for (const [kind, derived] of [
          ["cold", 1],
          ["cached", 0],
        ] as const) {
          const args = [compileOnce, name, cache];
          const once = JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" })) as Once;
          if (once.derived !== derived) throw new Error(`bench: expected ${derived} graphs to be derived`);
          seconds[kind].push(once.seconds);
          cpuSeconds[kind].push(once.cpuSeconds);
          ({ nodes } = once);
        }
      } finally {
        await rm(cache, { recursive: true });
      }
      log(`${name}: cold ${seconds.cold.at(-1)!.toFixed(2)} s, cached ${seconds.cached.at(-1)!.toFixed(2)} s`);
    }
    const both = ({ cold, cached }: typeof seconds) => ({ cold: median(cold), cached: median(cached) });
    const best = { cold: Math.min(...seconds.cold), cached: Math.min(...seconds.cached) };
    figures[name] = { seconds: both(seconds), best, cpuSeconds: both(cpuSeconds), nodes };
  }
  return figures;
}
