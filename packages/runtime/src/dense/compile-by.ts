import type { GraphFunction } from "@athanor/onnx";
import { type Compiled, compile } from "../compile.ts";

/** Compiles a function once for each setting that its graph depends on; the graphs stay open for the life of the process. */
export function compileBy<S, A extends readonly unknown[], R>(
  make: (setting: S) => GraphFunction<A, R>,
): (setting: S) => Compiled<A, R> {
  const known = new Map<S, Compiled<A, R>>();
  return (setting) => {
    const compiled = known.get(setting) ?? compile(make(setting));
    known.set(setting, compiled);
    return compiled;
  };
}
