import { AthanorError, nearestName } from "@athanor/core";
import { inferTypes } from "../graph/infer-types.ts";
import type { Model } from "../model.ts";
import { deadCode } from "./dead-code.ts";

/**
 * A model cut down to what some of its values need, which become its outputs.
 *
 * @throws `onnx/unknown-value` for a name that no node, input or weight has
 */
export function outputsOnly(model: Model, names: readonly string[]): Model {
  const types = inferTypes(model.graph);
  const outputs = names.map((name) => {
    const type = types.get(name) ?? model.graph.outputs.find((output) => output.name === name);
    if (type !== undefined) return { dtype: type.dtype, shape: type.shape, name };
    const near = nearestName(name, [...types.keys()]);
    throw new AthanorError("onnx/unknown-value", `Model: expected the name of a value, got ${name}`, {
      ...(near ? { fix: `Write ${near}.` } : {}),
      details: { name },
    });
  });
  return deadCode({ ...model, graph: { ...model.graph, outputs } });
}
