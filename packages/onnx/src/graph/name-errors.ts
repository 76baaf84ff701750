import { AthanorError, nearestName } from "@athanor/core";

export function unknownValue(name: string, known: Iterable<string>): AthanorError {
  const near = nearestName(name, known);
  return new AthanorError("onnx/unknown-value", `Graph: expected the name of a value, got ${name}`, {
    ...(near ? { fix: `Write ${near}.` } : {}),
    details: { name },
  });
}

export const duplicateName = (name: string): AthanorError =>
  new AthanorError("onnx/duplicate-name", `Graph: expected names used once, got ${name} twice`, {
    fix: "Name the input, weight or output differently.",
    details: { name },
  });
