import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const python = fileURLToPath(new URL("./peers/.venv/bin/python", import.meta.url));

/** A peer process that answers one JSON line for each that it is sent. */
export interface Peer extends AsyncDisposable {
  ask<T>(message: unknown): Promise<T>;
}

/** Starts a script of `bench/peers`. */
export function startPeer(script: string, environment: Readonly<Record<string, string>> = {}): Peer {
  if (!existsSync(python))
    throw new Error("bench: expected the peers' environment, got none; make it with `bash bench/peers/set-up.sh`");
  const child = spawn(python, [fileURLToPath(new URL(`./peers/${script}`, import.meta.url))], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, ...environment },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(message) {
      child.stdin.write(`${JSON.stringify(message)}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`bench: expected an answer from ${script}, got its end`);
      return JSON.parse(value);
    },
    async [Symbol.asyncDispose]() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.stdin.end();
      await ended;
    },
  };
}
