import type { RelationPattern } from "./syntax.ts";

/** A path of several relations, walked from the entities that one end allows. */
export interface Walk {
  readonly name: string;
  readonly direction: RelationPattern["direction"];
  readonly longest: number;
  /** The end to start from: its alias and what must hold of it. */
  readonly seed: { readonly alias: string; readonly conditions: readonly string[] };
  /** What must hold of each relation, under the alias that `stepAlias` gives. */
  readonly stepConditions: readonly string[];
}

/** The alias under which a walk's conditions see one relation. */
export const stepAlias = (name: string): string => `${name}_step`;

/**
 * A recursive table of all walks, a row each: where it starts and ends, how long it is, and the relations it took as
 * `,1,7,`; no walk takes a relation twice, so that cycles end.
 */
export function walkTable({ name, direction, longest, seed, stepConditions }: Walk): string {
  const step = stepAlias(name);
  const touches = {
    out: `${step}."from" = so_far."end"`,
    in: `${step}."to" = so_far."end"`,
    both: `(${step}."from" = so_far."end" or ${step}."to" = so_far."end")`,
  }[direction];
  const next = {
    out: `${step}."to"`,
    in: `${step}."from"`,
    both: `case when ${step}."from" = so_far."end" then ${step}."to" else ${step}."from" end`,
  }[direction];
  const allowed = [`so_far.length < ${longest}`, `not ${takes("so_far", `${step}.id`)}`, ...stepConditions];
  const start = seed.conditions.length > 0 ? ` where ${seed.conditions.join(" and ")}` : "";
  // A cross join holds SQLite to the order: from the walks so far to their next relations, through the index on ends.
  return (
    `${name}(start, "end", length, trail) as (` +
    `select ${seed.alias}.id, ${seed.alias}.id, 0, ',' from entity ${seed.alias}${start} union all ` +
    `select so_far.start, ${next}, so_far.length + 1, so_far.trail || ${step}.id || ',' ` +
    `from ${name} so_far cross join relation ${step} where ${touches} and ${allowed.join(" and ")})`
  );
}

/** True where a walk takes the relation of this number. */
export const takes = (walk: string, id: string): string => `(instr(${walk}.trail, ',' || ${id} || ',') > 0)`;

/** The numbers of a walk's relations as a table of `key` and `value`. */
export const steps = (walk: string): string => `json_each('[' || trim(${walk}.trail, ',') || ']')`;

/** True of one walk among those between the same two ends: the first of the shortest. */
export const isShortestWalk = (walk: string, least: number): string =>
  `${walk}.trail = (select other.trail from ${walk} other where other.start = ${walk}.start and other."end" = ${walk}."end" and other.length >= ${least} order by other.length, other.trail limit 1)`;
