import { AthanorError, nearestName } from "@athanor/core";
import type { OpDefinition } from "../define-op.ts";
import { registry } from "../registry.ts";

/** @throws `onnx/unknown-op` for an operator without rules */
export function findDefinition(name: string, domain: string): OpDefinition {
  const definition = registry.get(`${domain}:${name}`);
  if (definition !== undefined) return definition;
  const near = nearestName(
    name,
    [...registry.values()].map((known) => known.name),
  );
  throw new AthanorError(
    "onnx/unknown-op",
    `Graph: expected an operator with rules, got ${domain ? `${domain}.` : ""}${name}`,
    {
      fix: near ? `Did you mean ${near}?` : "Add packages/onnx/src/ops/NAME.ts.",
      details: { op: name, domain },
    },
  );
}
