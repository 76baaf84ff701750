import { AthanorError } from "@athanor/core";
import type { Dim, ValueType } from "../model.ts";
import type { Value } from "./built-node.ts";

/**
 * The type of an output: what its operator infers, or what the model states where the operator cannot say.
 *
 * @throws `onnx/shape` when neither knows the rank
 */
export function settledType(op: string, name: string, inferred: ValueType, declared: ValueType | undefined): Value {
  const { dtype } = inferred;
  const shape = inferred.shape ? withStated(inferred.shape, declared?.shape) : declared?.shape;
  if (shape !== undefined) return { name, dtype, shape };
  throw new AthanorError(
    "onnx/shape",
    `${op}: expected the shape of ${name || "its output"} to follow from its inputs, got inputs that do not say it`,
    {
      fix: "Give the shape as a constant, or make the model's inputs static.",
      details: { op, output: name },
    },
  );
}

/** Lengths that the operator leaves open are taken from what the model states. */
const withStated = (shape: readonly Dim[], stated: readonly Dim[] | undefined): readonly Dim[] =>
  shape.length === stated?.length
    ? shape.map((length, axis) =>
        typeof length === "string" && typeof stated[axis] === "number" ? stated[axis] : length,
      )
    : shape;
