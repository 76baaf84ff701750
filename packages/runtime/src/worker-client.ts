import { AthanorError } from "@athanor/core";
import { threads } from "#threads";
import { machineCores } from "./machine-cores.ts";
import type { Answer, Kind, Requests } from "./protocol.ts";

/** A worker thread that answers requests; it keeps the process alive only while one is open. */
export interface WorkerClient {
  /** Work that takes threads waits until there are cores for them. */
  request<K extends Kind>(kind: K, body: Requests[K]["request"], taken?: number): Promise<Requests[K]["reply"]>;
  /** Closes a session after what was asked of it before. */
  close(session: number): Promise<void>;
  terminate(): Promise<void>;
}

interface Pending {
  readonly takesCores: boolean;
  readonly resolve: (reply: never) => void;
  readonly reject: (error: unknown) => void;
}

export function startWorker({ sharesMemory = false }: { readonly sharesMemory?: boolean } = {}): WorkerClient {
  const pending = new Map<number, Pending>();
  let sent = 0;
  let death: AthanorError | undefined;

  const settle = (id: number): Pending | undefined => {
    const entry = pending.get(id);
    pending.delete(id);
    if (entry?.takesCores) machineCores.give(worker);
    if (pending.size === 0) worker.unref();
    return entry;
  };
  const die = (cause: unknown) => {
    death ??= new AthanorError(
      "runtime/worker-died",
      `Runtime: expected the worker to answer, got ${(cause as Error)?.message ?? "its end"}`,
      {
        fix: "Open the model again; if it happens again, the model may need more memory than there is.",
        cause,
      },
    );
    for (const id of [...pending.keys()]) settle(id)?.reject(death);
  };
  const receive = (answer: Answer) => {
    const entry = settle(answer.id);
    if ("error" in answer) {
      entry?.reject(
        new AthanorError("runtime/run", `Runtime: expected the model to run, got ${answer.error.split("\n")[0]}`, {
          fix: "Check the inputs against the model's declared types and shapes.",
          details: { message: answer.error },
        }),
      );
    } else entry?.resolve(answer.reply as never);
  };
  const events = { message: (answer: unknown) => receive(answer as Answer), end: die };
  const worker = threads.start("session-worker", events, { sharesMemory });

  const request: WorkerClient["request"] = (kind, body, taken = 0) =>
    new Promise((resolve, reject) => {
      const send = () => {
        const id = sent++;
        pending.set(id, { resolve, reject, takesCores: taken > 0 });
        worker.ref();
        worker.post({ id, kind, body });
        if (death) settle(id)?.reject(death);
      };
      if (taken > 0) machineCores.take(worker, taken, send);
      else send();
    });
  return {
    request,
    async close(session) {
      // A worker that died holds no session any more.
      if (death === undefined) await request("close", { session }).catch(() => undefined);
    },
    async terminate() {
      await worker.terminate();
      die(new Error("its end"));
    },
  };
}
