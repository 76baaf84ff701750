import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { DType } from "@athanor/core";
import { GraphBuilder } from "../graph/graph-builder.ts";
import type { ValueType } from "../model.ts";
import { tensorOf } from "./tensor-of.ts";

interface Stored {
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** What a shape may follow from: lengths, axes, counts, scales, where they are few. */
  readonly values?: readonly number[];
}

type StoredAttribute =
  | { readonly kind: "tensor"; readonly dtype: DType; readonly shape: readonly number[]; readonly values: number[] }
  | { readonly kind: "int"; readonly value: unknown };

/** One of ONNX's own backend tests: a node with the types of what goes in and comes out. */
export interface BackendCase {
  readonly name: string;
  readonly op: string;
  readonly domain: string;
  readonly attributes: Readonly<Record<string, StoredAttribute>>;
  readonly inputs: readonly (Stored | null)[];
  readonly outputs: readonly (Stored | null)[];
}

const path = fileURLToPath(new URL("../../../../golden/onnx-backend.json", import.meta.url));

export const backendCases = (): readonly BackendCase[] => JSON.parse(readFileSync(path, "utf8")).cases;

/** The types that the case's outputs are inferred to have, a symbolic length as what the case says. */
export function inferredTypes({ op, domain, attributes, inputs, outputs }: BackendCase): readonly (ValueType | null)[] {
  const g = new GraphBuilder();
  const operands = inputs.map((input, i) => {
    if (input === null) return undefined;
    const { dtype, shape, values } = input;
    return values ? g.constant(tensorOf(dtype, values, shape)) : g.input(`in${i}`, dtype, shape);
  });
  const given = Object.entries(attributes).map(([name, attribute]) => [
    name,
    attribute.kind === "tensor" ? tensorOf(attribute.dtype, attribute.values, attribute.shape) : attribute.value,
  ]);
  const values = g.ops(op, operands, Object.fromEntries(given), { domain, outputs: outputs.length });
  return outputs.map((output, i) => {
    if (output === null) return null;
    const { dtype, shape } = values[i]!;
    return { dtype, shape: shape.map((length, axis) => (typeof length === "string" ? output.shape[axis]! : length)) };
  });
}
