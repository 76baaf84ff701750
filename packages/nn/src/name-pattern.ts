/**
 * Picks names: a pattern matches a whole name or its last parts (`query` matches `layer.0.query`), with `*` for any run of
 * characters.
 */
export type NamePattern = string | readonly string[];

const expressionOf = (pattern: string): RegExp =>
  new RegExp(`(^|[./])${pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`);

/** Tells whether a name is picked. */
export function matches(pattern: NamePattern): (name: string) => boolean {
  const expressions = [pattern].flat().map(expressionOf);
  return (name) => expressions.some((expression) => expression.test(name));
}
