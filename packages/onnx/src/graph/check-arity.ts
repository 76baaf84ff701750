import { AthanorError } from "@athanor/core";
import type { OpDefinition } from "../define-op.ts";
import type { Value } from "./graph-builder.ts";

/** @throws `onnx/arity` when an input is missing or too many are given */
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
