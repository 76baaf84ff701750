import type { Tensor } from "@athanor/core";
import { isRare } from "../element-types.ts";
import type { Attribute, ValueType } from "../model.ts";
import { create, ofShape } from "./create.ts";
import { largest } from "./elements.ts";
import { elementwise } from "./elementwise.ts";
import { rearrange } from "./rearrange.ts";
import type { EvaluateRule } from "./rule.ts";

const rules: ReadonlyMap<string, EvaluateRule> = new Map(Object.entries({ ...elementwise, ...rearrange, ...create }));
const shapeRules = new Map(Object.entries(ofShape));

export interface EvaluateRequest {
  readonly op: string;
  readonly domain: string;
  readonly attributes: Readonly<Record<string, Attribute>>;
  /** Types of the inputs; `undefined` where one is left out. */
  readonly types: readonly (ValueType | undefined)[];
  readonly outputCount: number;
  /** An input's value, asked for only when the operator has a rule. */
  constant(input: number): Tensor | undefined;
}

/**
 * Computes what a node gives while the graph is built, as shape arithmetic asks for.
 *
 * @returns its outputs; `undefined` when they depend on what is fed, or are too long to decide a shape
 */
export function evaluateNode(request: EvaluateRequest): readonly Tensor[] | undefined {
  const { op, domain, attributes, types, outputCount, constant } = request;
  if (domain !== "") return undefined;
  const shapeRule = shapeRules.get(op);
  if (shapeRule) return types[0]?.shape && shapeRule(types[0].shape, attributes);
  const rule = rules.get(op);
  if (rule === undefined) return undefined;
  if (!types.every((type) => type === undefined || isShort(type))) return undefined;
  const inputs = types.map((type, i) => type && constant(i));
  if (types.some((type, i) => type !== undefined && inputs[i] === undefined)) return undefined;
  return rule({ inputs, attributes, outputCount });
}

/** A symbolic length is of no constant. */
const isShort = ({ dtype, shape }: ValueType): boolean =>
  !isRare(dtype) &&
  shape?.every((length) => typeof length === "number") === true &&
  shape.reduce((product: number, length) => product * (length as number), 1) <= largest;
