import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const bin = join(root, "packages/athanor/bin/athanor.js");

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line in a process of its own; `killAfterMs` ends it as a power cut would. */
export function athanor(
  args: readonly string[],
  {
    killAfterMs,
    environment = {},
  }: { readonly killAfterMs?: number; readonly environment?: Readonly<Record<string, string>> } = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [bin, ...args], {
      env: { ...process.env, NODE_OPTIONS: "", ...environment },
    });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (chunk) => (stdout += chunk));
    child.stderr.on("data", (chunk) => (stderr += chunk));
    const timer = killAfterMs === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), killAfterMs);
    child.on("close", (code) => {
      clearTimeout(timer);
      resolve({ code, stdout, stderr });
    });
  });
}

/** An empty folder from which `athanor` can be imported; removed when disposed. */
export async function temporaryProject(): Promise<AsyncDisposable & { readonly folder: string }> {
  const parent = join(root, ".athanor-tests");
  mkdirSync(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, "project-"));
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}
