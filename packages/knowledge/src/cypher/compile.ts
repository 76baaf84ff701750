import { AthanorError, nearestName } from "@athanor/core";
import { conjuncts, variablesOf } from "./conjuncts.ts";
import type { Expression, PathPattern, Query, RelationPattern } from "./syntax.ts";
import { isShortestWalk, stepAlias, steps, takes, walkTable } from "./walk.ts";

/** One SQL statement with its values. */
export interface Compiled {
  readonly sql: string;
  readonly values: Readonly<Record<string, string | number | null>>;
  readonly columns: readonly string[];
  /** Columns whose text is JSON: nodes, relations, collections. */
  readonly jsonColumns: ReadonlySet<string>;
}

interface Named {
  readonly alias: string;
  readonly kind: "node" | "relation" | "walk";
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
  const values: Record<string, string | number | null> = {};
  const tables: string[] = [];
  const aliases = new Map<string, Named>();
  const conditions: string[] = [];
  /** Walks that were taken from their right end. */
  const backward = new Set<string>();
  /** What is said of one node alone, by its variable. */
  const ofNode = new Map<string, string[]>();

  const declare = (variable: string, kind: Named["kind"]): string => {
    const known = aliases.get(variable);
    if (known && known.kind !== kind) {
      throw new AthanorError(
        "cypher/unsupported",
        `Query: expected ${variable} to name one thing, got two kinds of it`,
        {
          fix: "Give nodes, relations and walks names of their own.",
          details: { variable },
        },
      );
    }
    if (known) return known.alias;
    const alias = `${kind[0]}${aliases.size}`;
    aliases.set(variable, { alias, kind });
    tables.push(kind === "node" ? `entity ${alias}` : kind === "relation" ? `relation ${alias}` : alias);
    if (kind === "node") ofNode.set(variable, []);
    return alias;
  };
  for (const { nodes, relations } of query.paths) {
    for (const { variable } of nodes) declare(variable, "node");
    for (const { variable, length } of relations) declare(variable, length ? "walk" : "relation");
  }
  for (const { variable, label, properties } of query.paths.flatMap(({ nodes }) => nodes)) {
    const { alias } = find(variable);
    if (label !== undefined) ofNode.get(variable)!.push(`${alias}.type = ${bind(label)}`);
    ofNode.get(variable)!.push(...matching(alias, "node", properties));
  }
  for (const condition of conjuncts(query.where)) {
    const [variable, ...others] = variablesOf(condition);
    const own = others.length === 0 && variable !== undefined ? ofNode.get(variable) : undefined;
    (own ?? conditions).push(`(${value(condition)})`);
  }
  const walks = query.paths.flatMap(matchPath);
  conditions.push(...[...ofNode.values()].flat());

  const jsonColumns = new Set<string>();
  const selected = query.items.map(({ expression, name }) => {
    if (isJson(expression)) jsonColumns.add(name);
    return `${value(expression)} as "${name.replaceAll('"', '""')}"`;
  });
  const isGrouped = query.items.some(({ expression }) => isAggregate(expression));
  const keys = query.items.flatMap(({ expression }, i) => (isAggregate(expression) ? [] : [String(i + 1)]));
  const order = query.orderBy.map(({ expression, isDescending }) => {
    const alias = expression.kind === "variable" ? query.items.findIndex(({ name }) => name === expression.name) : -1;
    return `${alias >= 0 ? alias + 1 : value(expression)}${isDescending ? " desc" : ""}`;
  });
  const sql = [
    walks.length > 0 ? `with recursive ${walks.join(", ")}` : "",
    `select ${query.isDistinct ? "distinct " : ""}${selected.join(", ")} from ${tables.join(", ")}`,
    conditions.length > 0 ? `where ${conditions.join(" and ")}` : "",
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

  /** Joins a path's relations to its nodes; gives the tables that its walks need. */
  function matchPath({ nodes, relations, isShortest }: PathPattern): string[] {
    const needed: string[] = [];
    const ends = nodes.map(({ variable }) => variable);
    for (const [i, relation] of relations.entries()) {
      const { alias } = find(relation.variable);
      const [left, right] = [ends[i]!, ends[i + 1]!];
      if (relation.length) {
        needed.push(matchWalk(relation, left, right));
        if (isShortest) conditions.push(isShortestWalk(alias, relation.length.least));
      } else {
        const [a, b] = [find(left).alias, find(right).alias];
        const runs = (from: string, to: string) => `${alias}."from" = ${from}.id and ${alias}."to" = ${to}.id`;
        const { direction } = relation;
        conditions.push(
          direction === "out" ? runs(a, b) : direction === "in" ? runs(b, a) : `(${runs(a, b)} or ${runs(b, a)})`,
          ...ofRelation(alias, relation),
        );
      }
      // A path does not take one relation twice.
      for (const { variable } of relations.slice(0, i))
        conditions.push(areApart(find(variable), find(relation.variable)));
    }
    return needed;
  }

  function matchWalk(relation: RelationPattern, left: string, right: string): string {
    const { alias: name } = find(relation.variable);
    const { least, most } = relation.length!;
    // From the end that more is said of: fewer walks.
    const isForward = ofNode.get(left)!.length >= ofNode.get(right)!.length;
    if (!isForward) backward.add(name);
    const [from, to] = isForward ? [left, right] : [right, left];
    conditions.push(
      `${name}.start = ${find(from).alias}.id`,
      `${name}."end" = ${find(to).alias}.id`,
      `${name}.length >= ${least}`,
    );
    const turned = { out: "in", in: "out", both: "both" } as const;
    return walkTable({
      name,
      direction: isForward ? relation.direction : turned[relation.direction],
      longest: most,
      seed: { alias: find(from).alias, conditions: ofNode.get(from)! },
      stepConditions: ofRelation(stepAlias(name), relation),
    });
  }

  function ofRelation(alias: string, { types, properties }: RelationPattern): string[] {
    const isType = types.length > 0 ? [`${alias}.type in (${types.map(bind).join(", ")})`] : [];
    return [...isType, ...matching(alias, "relation", properties)];
  }

  function matching(alias: string, kind: Named["kind"], properties: Readonly<Record<string, Expression>>): string[] {
    return Object.entries(properties).map(([name, wanted]) => `${read(alias, kind, name)} = ${value(wanted)}`);
  }

  function bind(bound: unknown): string {
    const name = `p${Object.keys(values).length}`;
    values[name] = typeof bound === "boolean" ? Number(bound) : (bound as string | number | null);
    return `@${name}`;
  }

  function find(variable: string): Named {
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
    if (kind === "walk") throw ofWalk(variable, `${variable}.${name}`);
    return read(alias, kind, name);
  }

  function read(alias: string, kind: Named["kind"], name: string): string {
    const own = kind === "node" ? ["key", "name"] : ["confidence"];
    return own.includes(name) ? `${alias}.${name}` : `json_extract(${alias}.properties, ${bind(`$."${name}"`)})`;
  }

  function whole(variable: string): string {
    const { alias, kind } = find(variable);
    if (kind === "node") return wholeNode(alias);
    if (kind === "relation") return wholeRelation(alias);
    const order = backward.has(alias) ? "desc" : "asc";
    return `(select json_group_array(${wholeRelation("taken")} order by step.key ${order}) from ${steps(alias)} step join relation taken on taken.id = step.value)`;
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
    if (operator === "ENDS") return `(substr(${a}, -length(${b})) = ${b})`;
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
      const { alias, kind } = find(argument.name);
      if (kind === "walk") {
        if (name === "count") return `count(${distinct}${alias}.trail)`;
        if (name === "size") return `${alias}.length`;
        throw ofWalk(argument.name, `${name}(${argument.name})`);
      }
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

const wholeNode = (alias: string): string =>
  `json_object('id', ${alias}.id, 'type', ${alias}.type, 'key', ${alias}.key, 'name', ${alias}.name, 'properties', json(${alias}.properties))`;
const wholeRelation = (alias: string): string =>
  `json_object('id', ${alias}.id, 'type', ${alias}.type, 'from', ${alias}."from", 'to', ${alias}."to", 'confidence', ${alias}.confidence, 'properties', json(${alias}.properties))`;

/** That two parts of a path have no relation in common. */
function areApart(a: Named, b: Named): string {
  if (a.kind === "walk" && b.kind === "walk")
    return `not exists (select 1 from ${steps(a.alias)} one where ${takes(b.alias, "one.value")})`;
  if (a.kind === "walk") return `not ${takes(a.alias, `${b.alias}.id`)}`;
  if (b.kind === "walk") return `not ${takes(b.alias, `${a.alias}.id`)}`;
  return `${a.alias}.id <> ${b.alias}.id`;
}

const ofWalk = (variable: string, got: string): AthanorError =>
  new AthanorError(
    "cypher/unsupported",
    `Query: expected ${variable}, a list of relations, as a whole, in size() or in count(), got ${got}`,
    { fix: `Write size(${variable}) for its length.`, details: { variable } },
  );
