import type { Expression } from "./syntax.ts";
import type { TokenReader } from "./token-reader.ts";

const comparisons = ["=", "<>", "<=", ">=", "<", ">"];

/** Reads an expression: OR below AND below NOT below comparisons below sums. */
export function parseExpression(reader: TokenReader): Expression {
  let left = parseAnd(reader);
  while (reader.accept("OR")) left = { kind: "binary", operator: "OR", left, right: parseAnd(reader) };
  return left;
}

function parseAnd(reader: TokenReader): Expression {
  let left = parseNot(reader);
  while (reader.accept("AND")) left = { kind: "binary", operator: "AND", left, right: parseNot(reader) };
  return left;
}

const parseNot = (reader: TokenReader): Expression =>
  reader.accept("NOT") ? { kind: "not", operand: parseNot(reader) } : parseComparison(reader);

function parseComparison(reader: TokenReader): Expression {
  const left = parseSum(reader);
  for (const operator of comparisons)
    if (reader.accept(operator)) return { kind: "binary", operator, left, right: parseSum(reader) };
  if (reader.accept("IN")) return { kind: "binary", operator: "IN", left, right: parseSum(reader) };
  if (reader.accept("CONTAINS")) return { kind: "binary", operator: "CONTAINS", left, right: parseSum(reader) };
  for (const edge of ["STARTS", "ENDS"]) {
    if (!reader.accept(edge)) continue;
    reader.expect("WITH");
    return { kind: "binary", operator: edge, left, right: parseSum(reader) };
  }
  if (reader.accept("IS")) {
    const isNegated = reader.accept("NOT");
    reader.expect("NULL");
    return { kind: "isNull", operand: left, isNegated };
  }
  return left;
}

function parseSum(reader: TokenReader): Expression {
  let left = parseValue(reader);
  for (;;) {
    const operator = ["+", "-", "*", "/"].find((sign) => reader.accept(sign));
    if (operator === undefined) return left;
    left = { kind: "binary", operator, left, right: parseValue(reader) };
  }
}

function parseValue(reader: TokenReader): Expression {
  const { kind, text, at } = reader.next;
  if (kind === "number") return { kind: "literal", value: Number(reader.take("number", "a number").text) };
  if (kind === "text") return { kind: "literal", value: reader.take("text", "a text").text };
  if (kind === "parameter") return { kind: "parameter", name: reader.take("parameter", "a parameter").text };
  if (reader.accept("-")) return { kind: "literal", value: -Number(reader.take("number", "a number").text) };
  if (reader.accept("(")) {
    const inner = parseExpression(reader);
    reader.expect(")");
    return inner;
  }
  if (reader.accept("[")) {
    const items: Expression[] = [];
    if (!reader.sees("]")) {
      do items.push(parseExpression(reader));
      while (reader.accept(","));
    }
    reader.expect("]");
    return { kind: "list", items };
  }
  if (kind !== "name") reader.fail("a value");
  for (const [word, value] of [
    ["TRUE", true],
    ["FALSE", false],
    ["NULL", null],
  ] as const)
    if (reader.accept(word)) return { kind: "literal", value };
  const { text: name } = reader.take("name", "a name");
  if (reader.accept(".")) return { kind: "property", variable: name, name: reader.take("name", "a property").text, at };
  if (!reader.accept("(")) return { kind: "variable", name: text, at };
  const isDistinct = reader.accept("DISTINCT");
  const argument = reader.accept("*") ? ("*" as const) : parseExpression(reader);
  reader.expect(")");
  return { kind: "call", name: name.toLowerCase(), isDistinct, argument, at };
}
