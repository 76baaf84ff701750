import { AthanorError } from "@athanor/core";

/** Where Athanor's packages lie beside each other: as sources, compiled, or installed. */
const own = new URL("../../../", import.meta.url).href;
const isOwn = (url: string): boolean => url.startsWith(own) && !/\.(test|bench)\.[jt]s$/.test(url);

/** `file:line` of the innermost call that comes from outside Athanor's packages; `undefined` when there is none. */
export function callSite(): string | undefined {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 100;
  const { stack = "" } = new Error();
  Error.stackTraceLimit = limit;
  for (const line of stack.split("\n").slice(1)) {
    const [, place, row] = /([^\s(]+):(\d+):\d+\)?$/.exec(line) ?? [];
    if (place === undefined || place.startsWith("node:") || place === "<anonymous>") continue;
    const url = place.startsWith("file:") ? place : new URL(encodeURI(place), "file:///").href;
    if (!isOwn(url)) return `${decodeURI(url).replace(/^file:\/\/(\/(?=[A-Za-z]:\/))?/, "")}:${row}`;
  }
  return undefined;
}

/** Runs a piece of graph building; what it refuses is an error that also says which line of the user's code asked for it. */
export function withCallSite<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof AthanorError) || error.details.at !== undefined) throw error;
    const at = callSite();
    if (at === undefined) throw error;
    const { code, message, fix, details, cause } = error;
    throw new AthanorError(code, `${message}, at ${at}`, {
      ...(fix ? { fix } : {}),
      details: { ...details, at },
      cause,
    });
  }
}
