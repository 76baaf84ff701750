import type { Expression } from "./syntax.ts";

/** The parts of a condition that must all hold. */
export const conjuncts = (condition: Expression | undefined): readonly Expression[] =>
  condition === undefined
    ? []
    : condition.kind === "binary" && condition.operator === "AND"
      ? [...conjuncts(condition.left), ...conjuncts(condition.right)]
      : [condition];

/** The variables that an expression reads. */
export function variablesOf(expression: Expression): ReadonlySet<string> {
  switch (expression.kind) {
    case "variable":
      return new Set([expression.name]);
    case "property":
      return new Set([expression.variable]);
    case "list":
      return new Set(expression.items.flatMap((item) => [...variablesOf(item)]));
    case "not":
    case "isNull":
      return variablesOf(expression.operand);
    case "call":
      return expression.argument === "*" ? new Set() : variablesOf(expression.argument);
    case "binary":
      return new Set([...variablesOf(expression.left), ...variablesOf(expression.right)]);
    case "literal":
    case "parameter":
      return new Set();
  }
}
