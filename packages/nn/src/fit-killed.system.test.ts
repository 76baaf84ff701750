import { fork } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "athanor-killed-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Trains in a process of its own, which is killed after so many checkpoints: the hash of the weights, and its checkpoints. */
function train(file: string, killAfter = Number.POSITIVE_INFINITY): Promise<{ hash?: string; checkpoints: number }> {
  const child = fork(join(import.meta.dirname, "testing/train-alone.ts"), [file]);
  let checkpoints = 0;
  let hash: string | undefined;
  child.on("message", (message) => {
    if (message !== "checkpoint") hash = String(message);
    else if (++checkpoints === killAfter) child.kill("SIGKILL");
  });
  return new Promise((resolve) => child.on("close", () => resolve({ ...(hash ? { hash } : {}), checkpoints })));
}

it("ends bit for bit the same after it was killed in the middle of epochs", async () => {
  const whole = await train(join(folder, "whole"));
  expect(whole).toEqual({ hash: expect.stringMatching(/^[0-9a-f]+$/), checkpoints: 6 });
  const file = join(folder, "killed");
  expect(await train(file, 2)).not.toHaveProperty("hash");
  expect(await train(file, 1)).not.toHaveProperty("hash");
  const last = await train(file);
  expect(last.hash).toBe(whole.hash);
  expect(last.checkpoints).toBeLessThan(6);
});
