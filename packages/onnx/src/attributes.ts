import { AthanorError, nearestName, show, Tensor } from "@athanor/core";
import type { AttributeDeclaration, AttributeValues, OpDefinition } from "./define-op.ts";
import type { Attribute } from "./model.ts";

/**
 * Tags plain values with the kinds that the operator declares.
 *
 * @throws `onnx/attribute` for an unknown name or a value of another kind
 */
export function attributesOf(
  definition: OpDefinition,
  values: Readonly<Record<string, unknown>>,
): Record<string, Attribute> {
  const attributes: Record<string, Attribute> = {};
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) continue;
    const declaration = definition.attributes[name];
    if (declaration === undefined) {
      const known = Object.keys(definition.attributes);
      const near = nearestName(name, known);
      throw new AthanorError(
        "onnx/attribute",
        `${definition.name}: expected one of the attributes ${known.join(", ") || "(none)"}, got ${name}`,
        {
          ...(near ? { fix: `Write ${near}.` } : {}),
          details: { op: definition.name, attribute: name },
        },
      );
    }
    if (!accepts[declaration.kind](value)) {
      throw new AthanorError(
        "onnx/attribute",
        `${definition.name}: expected ${name} to be of kind ${declaration.kind}, got ${show(value)}`,
        {
          details: { op: definition.name, attribute: name, value },
        },
      );
    }
    attributes[name] = { kind: declaration.kind, value } as Attribute;
  }
  return attributes;
}

const isNumber = (value: unknown): boolean => typeof value === "number";
const isText = (value: unknown): boolean => typeof value === "string";
const isListOf = (accept: (value: unknown) => boolean) => (value: unknown) =>
  Array.isArray(value) && value.every(accept);
const accepts: Readonly<Record<AttributeDeclaration["kind"], (value: unknown) => boolean>> = {
  int: Number.isSafeInteger,
  float: isNumber,
  string: isText,
  tensor: (value) => value instanceof Tensor,
  graph: (value) => typeof value === "object" && value !== null && "nodes" in value,
  ints: isListOf(Number.isSafeInteger),
  floats: isListOf(isNumber),
  strings: isListOf(isText),
};

/** What an operator's rules read: the node's attributes over the standard's defaults. */
export function attributeValues(
  definition: OpDefinition,
  attributes: Readonly<Record<string, Attribute>>,
): AttributeValues<never> {
  const values: Record<string, unknown> = {};
  for (const name in definition.attributes)
    values[name] = attributes[name]?.value ?? definition.attributes[name]!.default;
  return values as AttributeValues<never>;
}
