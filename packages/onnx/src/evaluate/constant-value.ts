import type { DType, Tensor } from "@athanor/core";
import type { Attribute } from "../model.ts";
import { tensorOf } from "./elements.ts";

const dtypes: Readonly<Record<string, DType>> = { float: "float32", int: "int64", string: "string" };

/** The value that a Constant node states; `undefined` for sparse ones. */
export function constantValue(attributes: Readonly<Record<string, Attribute>>): Tensor | undefined {
  for (const [name, attribute] of Object.entries(attributes)) {
    if (name === "value" && attribute.kind === "tensor") return attribute.value;
    const dtype = /^value_(float|int|string)s?$/.exec(name)?.[1];
    if (dtype === undefined) continue;
    const isList = Array.isArray(attribute.value);
    const values = (isList ? attribute.value : [attribute.value]) as readonly (number | bigint | string)[];
    const elements = dtype === "int" ? values.map(BigInt) : values;
    return tensorOf(dtypes[dtype]!, elements, isList ? [values.length] : []);
  }
  return undefined;
}
