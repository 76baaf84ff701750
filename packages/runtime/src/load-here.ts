import type { SessionHere } from "./engine/engine.ts";
import type { Requests } from "./protocol.ts";
import type { WorkerClient } from "./worker-client.ts";

/** Milliseconds that loading may take, for the runtime does it in one piece. */
const longestLoading = 10;
/** Bytes of a model up to which it may be there twice. */
const largestModel = 2 ** 25;

/**
 * How to load a model on the caller's own thread: in the form that the runtime in the worker rewrites it to, which takes a
 * fraction of the time. It gives nothing where that takes long even so; for a large model there is no way.
 */
export function loaderHere(
  client: WorkerClient,
  request: Requests["open"]["request"],
): (() => Promise<SessionHere | undefined>) | undefined {
  if (request.bytes.length > largestModel) return undefined;
  return async () => {
    const answer = await client.request("optimize", request);
    if (answer === undefined || answer.milliseconds > longestLoading) return undefined;
    const { engine } = await import("#engine");
    return engine.openHere?.(answer.optimized, request.threads);
  };
}
