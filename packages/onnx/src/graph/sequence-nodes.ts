import { constantTensor, integersOf } from "../constant-tensor.ts";
import { intOf } from "../evaluate/rule.ts";
import { showShape } from "../shapes.ts";
import type { Value } from "./built-node.ts";
import { dynamicSequence } from "./dynamic-sequence.ts";
import { namedOperand } from "./named-operand.ts";
import { isSequence, type Operand, type OperandNode } from "./sequence.ts";
import { stacked } from "./stacked.ts";

interface Context extends OperandNode {
  /** What is in the sequence that comes first. */
  readonly parts: readonly Value[];
}

type Rule = (context: Context) => Operand | readonly Value[];

/** Operators on sequences, by operators on what is in them. */
const rules: Readonly<Record<string, Rule>> = {
  SequenceEmpty: () => [],
  SequenceConstruct: ({ inputs }) => inputs as readonly Value[],
  SplitToSequence: splitToSequence,
  SequenceInsert: (context) =>
    context.parts.toSpliced(placeOf(context, 2) ?? context.parts.length, 0, context.inputs[1] as Value),
  SequenceErase: (context) => context.parts.toSpliced(placeOf(context, 1) ?? -1, 1),
  SequenceAt: sequenceAt,
  SequenceLength: ({ g, parts }) => g.constant(parts.length, "int64"),
  ConcatFromSequence({ g, node: { attributes }, parts }) {
    const axis = intOf(attributes, "axis", 0);
    return intOf(attributes, "new_axis", 0) === 1 ? stacked(g, parts, axis) : g.concat(parts, axis);
  },
};

/** Operators that read or give sequences. */
export const sequenceOps: ReadonlySet<string> = new Set([...Object.keys(rules), "SequenceMap"]);

/** What an operator on sequences gives; `undefined` for any other operator. */
export function sequenceNode(context: OperandNode): readonly Operand[] | undefined {
  const { g, node, inputs, names } = context;
  if (node.domain !== "") return undefined;
  if (node.op === "SequenceMap") return sequenceMap(context);
  const [first] = inputs;
  if (node.op === "Identity" && isSequence(first)) return [namedOperand(g, first, names[0]!)];
  const parts = isSequence(first) ? first.parts : [];
  const result = rules[node.op]?.({ ...context, parts });
  if (result === undefined) return undefined;
  return [Array.isArray(result) ? g.sequence(names[0]!, result) : namedOperand(g, result as Operand, names[0]!)];
}

function sequenceMap({ g, node, inputs, names, inline }: OperandNode): readonly Operand[] | undefined {
  const [first] = inputs;
  const { body } = node.attributes;
  if (!isSequence(first) || body?.kind !== "graph") return undefined;
  const at = (i: number) => inputs.map((input) => (isSequence(input) ? input.parts[i]! : input!));
  const rows = first.parts.map((_, i) => inline(body.value, at(i)));
  const column = (output: number) => rows.map((row) => row[output] as Value);
  return names.map((name, output) => g.sequence(name, column(output)));
}

/** A place in the sequence as it is counted from the front or from the end; `undefined` where none is given. */
function placeOf({ g, node, inputs }: Context, input: number): number | undefined {
  const place = inputs[input] as Value | undefined;
  if (place === undefined) return undefined;
  const known = g.constantOf(place);
  if (known === undefined) throw dynamicSequence(node, "a known place in a sequence");
  return integersOf(known)[0]!;
}

function sequenceAt({ g, node, inputs, parts }: Context): Operand {
  const place = inputs[1] as Value;
  const known = g.constantOf(place);
  const part = known && parts.at(integersOf(known)[0]!);
  if (part) return part;
  const [{ shape } = { shape: [] }] = parts;
  const isEven =
    shape.every((length) => typeof length === "number") &&
    parts.every((other) => showShape(other.shape) === showShape(shape));
  if (known || !isEven) throw dynamicSequence(node, "a known place in a sequence of tensors of different shapes");
  return g.gather(stacked(g, parts, 0), place);
}

function splitToSequence({ g, node, inputs }: Context): readonly Value[] {
  const [x, split] = inputs as readonly [Value, Value | undefined];
  const axis = intOf(node.attributes, "axis", 0);
  const given = split ? g.constantOf(split) : constantTensor(1, "int64");
  const total = x.shape.at(axis);
  const isKnown = given && (given.shape.length === 1 || typeof total === "number");
  if (!isKnown) throw dynamicSequence(node, "a known number of parts");
  const lengths = given.shape.length === 1 ? integersOf(given) : evenly(total as number, integersOf(given)[0]!);
  const rows = g.ops("Split", [x, g.constant(lengths, "int64")], { axis }, { outputs: lengths.length });
  const dropsAxis = !split && intOf(node.attributes, "keepdims", 1) === 0;
  return dropsAxis ? rows.map((row) => g.op("Squeeze", [row, g.constant([axis], "int64")])) : rows;
}

const evenly = (total: number, length: number): readonly number[] =>
  Array.from({ length: Math.ceil(total / length) }, (_, i) => Math.min(length, total - i * length));
