import { AthanorError } from "@athanor/core";
import { parseExpression } from "./parse-expression.ts";
import type { Expression, NodePattern, PathPattern, Query, RelationPattern, ReturnItem } from "./syntax.ts";
import { TokenReader } from "./token-reader.ts";

const unsupported = [
  "OPTIONAL",
  "WITH",
  "UNWIND",
  "CREATE",
  "MERGE",
  "SET",
  "DELETE",
  "REMOVE",
  "CALL",
  "UNION",
  "FOREACH",
];

/** Relations in a row at most: the walks of a connected graph multiply with every step. */
const longestWalk = 10;

/**
 * Reads `MATCH … [WHERE …] RETURN … [ORDER BY …] [SKIP …] [LIMIT …]`.
 *
 * @throws `cypher/syntax`, `cypher/unsupported`
 */
export function parse(query: string): Query {
  const reader = new TokenReader(query);
  let unnamed = 0;
  const fresh = () => `_${unnamed++}`;
  for (const clause of unsupported) {
    if (reader.sees(clause)) {
      throw new AthanorError("cypher/unsupported", `Query: expected MATCH … RETURN …, got ${clause}`, {
        fix: "Use the part of Cypher that docs/knowledge.md lists.",
        details: { clause },
      });
    }
  }
  const paths: PathPattern[] = [];
  do {
    reader.expect("MATCH");
    do paths.push(parsePath());
    while (reader.accept(","));
  } while (reader.sees("MATCH"));
  const where = reader.accept("WHERE") ? parseExpression(reader) : undefined;
  reader.expect("RETURN");
  const isDistinct = reader.accept("DISTINCT");
  const items: ReturnItem[] = [];
  do {
    const start = reader.next;
    const expression = parseExpression(reader);
    const name = reader.textFrom(start);
    items.push({ expression, name: reader.accept("AS") ? reader.take("name", "a name").text : name });
  } while (reader.accept(","));
  const orderBy: { expression: Expression; isDescending: boolean }[] = [];
  if (reader.accept("ORDER")) {
    reader.expect("BY");
    do {
      const expression = parseExpression(reader);
      const isDescending = reader.accept("DESC") || reader.accept("DESCENDING");
      if (!isDescending && !reader.accept("ASC")) reader.accept("ASCENDING");
      orderBy.push({ expression, isDescending });
    } while (reader.accept(","));
  }
  const skip = reader.accept("SKIP") ? parseExpression(reader) : undefined;
  const limit = reader.accept("LIMIT") ? parseExpression(reader) : undefined;
  if (reader.next.kind !== "end") reader.fail("the end of the query, ORDER BY, SKIP or LIMIT");
  return { paths, where, isDistinct, items, orderBy, skip, limit };

  function parsePath(): PathPattern {
    if (!reader.accept("SHORTESTPATH")) return parseChain();
    reader.expect("(");
    const chain = parseChain();
    reader.expect(")");
    if (chain.relations.length === 1 && chain.relations[0]!.length) return { ...chain, isShortest: true };
    throw new AthanorError(
      "cypher/unsupported",
      "Query: expected shortestPath of one walk between two nodes, got another",
      {
        fix: "Write shortestPath((a)-[:TYPE*1..4]->(b)).",
      },
    );
  }

  function parseChain(): PathPattern {
    const nodes = [parseNode()];
    const relations: RelationPattern[] = [];
    while (reader.sees("-") || reader.sees("<-")) {
      relations.push(parseRelation());
      nodes.push(parseNode());
    }
    return { nodes, relations, isShortest: false };
  }

  function parseNode(): NodePattern {
    reader.expect("(");
    const variable = reader.next.kind === "name" ? reader.take("name", "a name").text : fresh();
    const label = reader.accept(":") ? reader.take("name", "a label").text : undefined;
    const properties = parseProperties();
    reader.expect(")");
    return { variable, label, properties };
  }

  function parseRelation(): RelationPattern {
    const isIn = reader.accept("<-");
    if (!isIn) reader.expect("-");
    let variable = fresh();
    const types: string[] = [];
    let properties: Readonly<Record<string, Expression>> = {};
    let length: RelationPattern["length"];
    if (reader.accept("[")) {
      if (reader.next.kind === "name") variable = reader.take("name", "a name").text;
      if (reader.accept(":")) {
        do types.push(reader.take("name", "a relation type").text);
        while (reader.accept("|"));
      }
      length = parseLength();
      properties = parseProperties();
      reader.expect("]");
    }
    const isOut = reader.accept("->");
    if (!isOut) reader.expect("-");
    return { variable, types, direction: isIn === isOut ? "both" : isIn ? "in" : "out", properties, length };
  }

  /** `*2`, `*1..3`, `*..3`, `*0..3` */
  function parseLength(): RelationPattern["length"] {
    if (!reader.accept("*")) return undefined;
    const bound = () => (reader.next.kind === "number" ? Number(reader.take("number", "a length").text) : undefined);
    const first = bound();
    let most = first;
    if (reader.accept(".")) {
      reader.expect(".");
      most = bound();
    }
    const least = first ?? 1;
    if (
      most === undefined ||
      most > longestWalk ||
      least > most ||
      !Number.isInteger(least) ||
      !Number.isInteger(most)
    ) {
      throw new AthanorError(
        "cypher/unsupported",
        `Query: expected a length with an end of at most ${longestWalk}, such as *1..3, got *${first ?? ""}..${most ?? ""}`,
        { fix: "Write from how many to how many relations.", details: { least, most } },
      );
    }
    return { least, most };
  }

  function parseProperties(): Readonly<Record<string, Expression>> {
    const properties: Record<string, Expression> = {};
    if (!reader.accept("{")) return properties;
    do {
      const { text: name } = reader.take("name", "a property");
      reader.expect(":");
      properties[name] = parseExpression(reader);
    } while (reader.accept(","));
    reader.expect("}");
    return properties;
  }
}
