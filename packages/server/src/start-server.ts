import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AthanorError } from "@athanor/core";
import { openRecord } from "@athanor/system";
import { createApp } from "./create-app.ts";
import { isLoopback } from "./is-loopback.ts";

/** What is served, where, and to whom. */
export interface ServerOptions {
  /** The project's folder. */
  readonly directory: string;
  readonly host?: string;
  /** 0 takes a free port. */
  readonly port?: number;
  /** Clients send it as `Authorization: Bearer KEY`; needed for any address but loopback. */
  readonly key?: string | undefined;
}

/** A server that listens; disposing it stops it. */
export interface RunningServer extends AsyncDisposable {
  readonly address: string;
  readonly tasks: readonly string[];
}

/**
 * Serves a workspace until disposed and writes its address to `.athanor/server.json`.
 *
 * @throws `server/key-required` for a public address without a key, `server/port-in-use`, `server/address` when the host is not this machine's
 */
export async function startServer({
  directory,
  host = "127.0.0.1",
  port = 7700,
  key,
}: ServerOptions): Promise<RunningServer> {
  if (!isLoopback(host) && !key) {
    throw new AthanorError("server/key-required", `Server: expected a key to listen on ${host}, got none`, {
      fix: "Set ATHANOR_KEY or --key, or listen on 127.0.0.1.",
      details: { host },
    });
  }
  await using opening = new AsyncDisposableStack();
  const workspace = opening.use(await openRecord(directory));
  const { app, tasks } = await createApp(workspace, { key });
  opening.defer(() => app.close());
  const address = await app.listen({ host, port }).catch((cause: NodeJS.ErrnoException) => {
    throw listenError(cause, host, port);
  });
  const file = join(workspace.folder, "server.json");
  await writeFile(file, JSON.stringify({ address, pid: process.pid }));
  opening.defer(() => rm(file, { force: true }));
  const resources = opening.move();
  return { address, tasks, [Symbol.asyncDispose]: () => resources.disposeAsync() };
}

function listenError(cause: NodeJS.ErrnoException, host: string, port: number): unknown {
  if (cause.code === "EADDRINUSE") {
    return new AthanorError(
      "server/port-in-use",
      `Server: expected port ${port} of ${host} to be free, got it in use`,
      {
        fix: "Stop the other program, or choose a port with --port; --port 0 takes a free one.",
        details: { host, port },
        cause,
      },
    );
  }
  if (cause.code === "EADDRNOTAVAIL" || cause.code === "ENOTFOUND" || cause.code === "EACCES") {
    return new AthanorError(
      "server/address",
      `Server: expected an address and port this machine may listen on, got ${host}:${port} (${cause.code})`,
      {
        fix: "Use 127.0.0.1 and a port above 1023.",
        details: { host, port },
        cause,
      },
    );
  }
  return cause;
}
