import { AthanorError, nearestName } from "@athanor/core";
import type { Expression, Query } from "./syntax.ts";

/** One SQL statement with its values. */
export interface Compiled {
  readonly sql: string;
  readonly values: readonly (string | number | null)[];
  readonly columns: readonly string[];
  /** Columns whose text is JSON: nodes, relations, collections. */
  readonly jsonColumns: ReadonlySet<string>;
}

const aggregates: Readonly<Record<string, string>> = {
  count: "count",
  sum: "sum",
  avg: "avg",
  min: "min",
  max: "max",
  collect: "json_group_array",
};
const functions = ["id", "type", "labels", "tolower", "toupper", "size", ...Object.keys(aggregates)];

/**
 * Turns a query into one statement over the graph's tables: a table alias a node and a relation, joined on their ends.
 *
 * @throws `cypher/unknown-variable`, `cypher/unsupported`, `cypher/missing-parameter`
 */
export function compile(query: Query, parameters: Readonly<Record<string, unknown>>): Compiled {
  const values: (string | number | null)[] = [];
  const tables: string[] = [];
  const aliases = new Map<string, { readonly alias: string; readonly kind: "node" | "relation" }>();
  const conditions: (() => string)[] = [];

  const declare = (variable: string, kind: "node" | "relation"): string => {
    const known = aliases.get(variable);
    if (known) return known.alias;
    const alias = `${kind === "node" ? "n" : "r"}${aliases.size}`;
    aliases.set(variable, { alias, kind });
    tables.push(`${kind === "node" ? "entity" : "relation"} ${alias}`);
    return alias;
  };
  for (const { nodes, relations } of query.paths) {
    const own: string[] = [];
    const ends = nodes.map(({ variable, label, properties }) => {
      const alias = declare(variable, "node");
      if (label !== undefined) conditions.push(() => `${alias}.type = ${bind(label)}`);
      matchProperties(variable, properties);
      return alias;
    });
    for (const [i, { variable, types, direction, properties }] of relations.entries()) {
      const alias = declare(variable, "relation");
      const [from, to] = direction === "in" ? [ends[i + 1], ends[i]] : [ends[i], ends[i + 1]];
      const forward = `${alias}."from" = ${from}.id and ${alias}."to" = ${to}.id`;
      conditions.push(() =>
        direction === "both"
          ? `((${forward}) or (${alias}."from" = ${to}.id and ${alias}."to" = ${from}.id))`
          : forward,
      );
      if (types.length > 0) conditions.push(() => `${alias}.type in (${types.map(bind).join(", ")})`);
      matchProperties(variable, properties);
      // A path does not walk one relation twice.
      for (const other of own) conditions.push(() => `${alias}.id <> ${other}.id`);
      own.push(alias);
    }
  }

  const jsonColumns = new Set<string>();
  const selected = query.items.map(({ expression, name }) => {
    if (isJson(expression)) jsonColumns.add(name);
    return `${value(expression)} as "${name.replaceAll('"', '""')}"`;
  });
  const where = [...conditions.map((condition) => condition()), ...(query.where ? [value(query.where)] : [])];
  const isGrouped = query.items.some(({ expression }) => isAggregate(expression));
  const keys = query.items.flatMap(({ expression }, i) => (isAggregate(expression) ? [] : [String(i + 1)]));
  const order = query.orderBy.map(({ expression, isDescending }) => {
    const alias = expression.kind === "variable" ? query.items.findIndex(({ name }) => name === expression.name) : -1;
    return `${alias >= 0 ? alias + 1 : value(expression)}${isDescending ? " desc" : ""}`;
  });
  const sql = [
    `select ${query.isDistinct ? "distinct " : ""}${selected.join(", ")} from ${tables.join(", ")}`,
    where.length > 0 ? `where ${where.join(" and ")}` : "",
    isGrouped && keys.length > 0 ? `group by ${keys.join(", ")}` : "",
    order.length > 0 ? `order by ${order.join(", ")}` : "",
    query.limit || query.skip ? `limit ${query.limit ? value(query.limit) : "-1"}` : "",
    query.skip ? `offset ${value(query.skip)}` : "",
  ];
  return {
    sql: sql.filter((part) => part !== "").join(" "),
    values,
    columns: query.items.map(({ name }) => name),
    jsonColumns,
  };

  function matchProperties(variable: string, properties: Readonly<Record<string, Expression>>): void {
    for (const [name, expression] of Object.entries(properties))
      conditions.push(() => `${property(variable, name)} = ${value(expression)}`);
  }

  function bind(bound: unknown): string {
    values.push(typeof bound === "boolean" ? Number(bound) : (bound as string | number | null));
    return "?";
  }

  function find(variable: string): { readonly alias: string; readonly kind: "node" | "relation" } {
    const known = aliases.get(variable);
    if (known) return known;
    const names = [...aliases.keys()].filter((name) => !name.startsWith("_"));
    throw new AthanorError(
      "cypher/unknown-variable",
      `Query: expected one of the variables ${names.join(", ") || "(none)"}, got ${variable}`,
      {
        fix: nearestName(variable, names) ? `Write ${nearestName(variable, names)}.` : "Name it in MATCH.",
        details: { variable, known: names },
      },
    );
  }

  function property(variable: string, name: string): string {
    const { alias, kind } = find(variable);
    const own = kind === "node" ? ["key", "name"] : ["confidence"];
    return own.includes(name) ? `${alias}.${name}` : `json_extract(${alias}.properties, ${bind(`$."${name}"`)})`;
  }

  function whole(variable: string): string {
    const { alias, kind } = find(variable);
    return kind === "node"
      ? `json_object('id', ${alias}.id, 'type', ${alias}.type, 'key', ${alias}.key, 'name', ${alias}.name, 'properties', json(${alias}.properties))`
      : `json_object('id', ${alias}.id, 'type', ${alias}.type, 'from', ${alias}."from", 'to', ${alias}."to", 'confidence', ${alias}.confidence, 'properties', json(${alias}.properties))`;
  }

  function value(expression: Expression): string {
    switch (expression.kind) {
      case "literal":
        return bind(expression.value);
      case "list":
        return `(${expression.items.map(value).join(", ")})`;
      case "parameter": {
        if (!Object.hasOwn(parameters, expression.name)) {
          throw new AthanorError(
            "cypher/missing-parameter",
            `Query: expected a value for $${expression.name}, got none`,
            { fix: `Give it, with --param ${expression.name}=VALUE on the command line.` },
          );
        }
        const given = parameters[expression.name];
        return Array.isArray(given) ? `(${given.map(bind).join(", ")})` : bind(given);
      }
      case "variable":
        return whole(expression.name);
      case "property":
        return property(expression.variable, expression.name);
      case "not":
        return `not (${value(expression.operand)})`;
      case "isNull":
        return `(${value(expression.operand)} is ${expression.isNegated ? "not " : ""}null)`;
      case "call":
        return call(expression);
      case "binary":
        return binary(expression.operator, expression.left, expression.right);
    }
  }

  function binary(operator: string, left: Expression, right: Expression): string {
    const [a, b] = [value(left), value(right)];
    if (operator === "CONTAINS") return `(instr(${a}, ${b}) > 0)`;
    if (operator === "STARTS") return `(instr(${a}, ${b}) = 1)`;
    if (operator === "ENDS") return `(substr(${a}, -length(${b})) = ${value(right)})`;
    return `(${a} ${operator === "IN" ? "in" : operator} ${b})`;
  }

  function call({ name, isDistinct, argument }: Extract<Expression, { kind: "call" }>): string {
    const aggregate = aggregates[name];
    if (argument === "*" && name === "count") return "count(*)";
    if (!functions.includes(name) || argument === "*") {
      throw new AthanorError(
        "cypher/unsupported",
        `Query: expected one of the functions ${functions.join(", ")}, got ${name}`,
        { fix: `Did you mean ${nearestName(name, functions) ?? "count"}?`, details: { function: name } },
      );
    }
    const distinct = isDistinct ? "distinct " : "";
    if (argument.kind === "variable") {
      const { alias } = find(argument.name);
      if (name === "count") return `count(${distinct}${alias}.id)`;
      if (name === "id") return `${alias}.id`;
      if (name === "type" || name === "labels") return `${alias}.type`;
      if (name === "collect") return `json_group_array(${distinct}${alias}.name)`;
    }
    if (aggregate) return `${aggregate}(${distinct}${value(argument)})`;
    return `${{ tolower: "lower", toupper: "upper", size: "length" }[name] ?? name}(${value(argument)})`;
  }
}

const isAggregate = (expression: Expression): boolean => expression.kind === "call" && expression.name in aggregates;
const isJson = (expression: Expression): boolean =>
  expression.kind === "variable" || (expression.kind === "call" && expression.name === "collect");
