import { AthanorError, nearestName } from "@athanor/core";
import type { OpDefinition } from "./define-op.ts";
import type { Value } from "./graph-builder.ts";
import { registry } from "./registry.ts";

/** @throws `onnx/unknown-op` for an operator without rules */
export function findOp(name: string, domain: string): OpDefinition {
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

/** @throws `onnx/arity` */
export function checkArity(
  { name, inputs: [least, most] }: OpDefinition,
  inputs: readonly (Value | undefined)[],
): void {
  const present = inputs.slice(0, least).every((input) => input !== undefined);
  if (present && inputs.length >= least && inputs.length <= most) return;
  const expected = least === most ? `${least}` : `${least} to ${most}`;
  throw new AthanorError(
    "onnx/arity",
    `${name}: expected ${expected} inputs, got ${inputs.filter((input) => input !== undefined).length}`,
    {
      details: { op: name, expected: [least, most] },
    },
  );
}
