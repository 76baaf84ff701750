import { type Cell, cellOf, columnOf, type Table } from "@athanor/data";
import type { Contribution, EntityClaim, RelationClaim } from "./contribution.ts";

/** Rows become entities of a type. */
export interface EntitiesMapping {
  readonly kind: "entities";
  readonly type: string;
  readonly key: string;
  readonly name?: string;
  readonly properties?: readonly string[];
  /** Column to what its values become: an entity of a type, reached by a relation; `separator` splits several in one value. */
  readonly links?: Readonly<
    Record<string, { readonly relation: string; readonly type: string; readonly separator?: string }>
  >;
  /** Number columns that mark membership with 1, such as genre flags: column to the entity's key. */
  readonly flags?: { readonly relation: string; readonly type: string; readonly columns: readonly string[] };
}

/** Rows become relations between entities. */
export interface RelationMapping {
  readonly kind: "relation";
  readonly type: string;
  readonly from: { readonly type: string; readonly column: string };
  readonly to: { readonly type: string; readonly column: string };
  readonly properties?: readonly string[];
}

/** Maps each row of a table to an entity, with links to others. */
export const entities = (type: string, options: Omit<EntitiesMapping, "kind" | "type">): EntitiesMapping => ({
  kind: "entities",
  type,
  ...options,
});
/** Maps each row of a table to a relation between two entities. */
export const relation = (type: string, options: Omit<RelationMapping, "kind" | "type">): RelationMapping => ({
  kind: "relation",
  type,
  ...options,
});

/**
 * What a table says under a mapping; rows without a key say nothing.
 *
 * @throws `data/unknown-column`
 */
export function mapTable(mapping: EntitiesMapping | RelationMapping, table: Table, owner: string): Contribution {
  return mapping.kind === "entities" ? mapEntities(mapping, table, owner) : mapRelation(mapping, table, owner);
}

const pick = (table: Table, names: readonly string[], owner: string) =>
  names.map((name) => [name, columnOf(table, name, owner)] as const);
const propertiesAt = (columns: ReturnType<typeof pick>, row: number): Record<string, Cell> =>
  Object.fromEntries(
    columns.map(([name, column]) => [name, cellOf(column, row)] as const).filter(([, cell]) => cell !== null),
  );

function mapEntities(
  { type, key, name, properties = [], links = {}, flags }: EntitiesMapping,
  table: Table,
  owner: string,
): Contribution {
  const keys = columnOf(table, key, owner);
  const names = name === undefined ? undefined : columnOf(table, name, owner);
  const kept = pick(table, properties, owner);
  const linked = Object.entries(links).map(([column, link]) => ({ column: columnOf(table, column, owner), ...link }));
  const marks = flags && pick(table, flags.columns, owner);
  const claims: EntityClaim[] = [];
  const relations: RelationClaim[] = [];
  for (let row = 0; row < table.rows; row++) {
    const own = cellOf(keys, row);
    if (own === null) continue;
    const place = `row ${row + 1}`;
    const from = { type, key: String(own) };
    const title = names && cellOf(names, row);
    claims.push({
      ...from,
      name: title === undefined || title === null ? undefined : String(title),
      properties: propertiesAt(kept, row),
      place,
    });
    const link = (relation: string, to: string, target: string) => {
      claims.push({ type: to, key: target, name: target, place });
      relations.push({ type: relation, from, to: { type: to, key: target }, place });
    };
    for (const { column, relation: label, type: to, separator } of linked) {
      const cell = cellOf(column, row);
      if (cell === null) continue;
      const targets = separator ? String(cell).split(separator) : [String(cell)];
      for (const target of targets) if (target.trim() !== "") link(label, to, target.trim());
    }
    if (flags)
      for (const [flag, column] of marks!)
        if (Number(cellOf(column, row)) === 1) link(flags.relation, flags.type, flag);
  }
  return { entities: claims, relations };
}

function mapRelation({ type, from, to, properties = [] }: RelationMapping, table: Table, owner: string): Contribution {
  const [left, right] = [columnOf(table, from.column, owner), columnOf(table, to.column, owner)];
  const kept = pick(table, properties, owner);
  const relations: RelationClaim[] = [];
  for (let row = 0; row < table.rows; row++) {
    const [a, b] = [cellOf(left, row), cellOf(right, row)];
    if (a === null || b === null) continue;
    relations.push({
      type,
      from: { type: from.type, key: String(a) },
      to: { type: to.type, key: String(b) },
      properties: propertiesAt(kept, row),
      place: `row ${row + 1}`,
    });
  }
  return { entities: [], relations };
}
