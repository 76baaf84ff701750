import type { OpDefinition } from "./define-op.ts";
import * as ops from "./ops/index.ts";

/** Every operator with rules, by `domain:name`. */
export const registry: ReadonlyMap<string, OpDefinition> = new Map(
  Object.values(ops).map((definition) => [`${definition.domain ?? ""}:${definition.name}`, definition]),
);
