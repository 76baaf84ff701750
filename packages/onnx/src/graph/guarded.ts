import { AthanorError } from "@athanor/core";
import type { Node } from "../model.ts";

/**
 * Runs an operator's rules on a node that came from outside: rules trust what they read, a file may break that trust.
 *
 * @throws `onnx/malformed` where a rule fails for a reason it does not name
 */
export function guarded<T>({ op, name }: Pick<Node, "op" | "name">, run: () => T): T {
  try {
    return run();
  } catch (cause) {
    if (cause instanceof AthanorError) throw cause;
    throw new AthanorError(
      "onnx/malformed",
      `${`${op} ${name}`.trim()}: expected inputs and attributes that fit the operator, got others`,
      { fix: "Check the node in the program that wrote the model.", details: { op, node: name }, cause },
    );
  }
}
