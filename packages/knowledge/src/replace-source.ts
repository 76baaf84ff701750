import { type LongWork, yieldToEventLoop } from "@athanor/core";
import type { Contribution } from "./contribution.ts";
import type { Graph } from "./open-graph.ts";

const slice = 5000;

/**
 * Makes a source's contribution what is given, in one transaction: nothing of the old stays, nothing is half there.
 *
 * The ends of a relation that no source describes become entities without a name of their own.
 */
export async function replaceSource(
  { connection }: Graph,
  source: string,
  fingerprint: string,
  claims: Contribution,
  work: LongWork = {},
): Promise<void> {
  connection.exec("begin immediate");
  try {
    withdraw(connection, source);
    const findEntity = connection.prepare("select id from entity where type = ? and key = ?").pluck();
    const addEntity = connection.prepare("insert into entity (type, key, name, properties) values (?, ?, ?, '{}')");
    const contribute = connection.prepare(
      "insert into contribution (entity, source, place, name, properties) values (?, ?, ?, ?, ?) on conflict do update set name = coalesce(excluded.name, name), properties = json_patch(properties, excluded.properties)",
    );
    const relate = connection.prepare(
      'insert into relation (type, "from", "to", properties, confidence, source, place) values (?, ?, ?, ?, ?, ?, ?)',
    );
    const mention = connection.prepare(
      'insert into mention (document, entity, start, "end", text, source) values (?, ?, ?, ?, ?, ?)',
    );
    const known = new Map<string, number>();
    const touched = new Set<number>();
    const idOf = ({ type, key }: { readonly type: string; readonly key: string }, place: string): number => {
      const name = `${type}\u0000${key}`;
      let id = known.get(name);
      if (id === undefined) {
        id = (findEntity.get(type, key) as number | undefined) ?? Number(addEntity.run(type, key, key).lastInsertRowid);
        known.set(name, id);
        contribute.run(id, source, place, null, "{}");
      }
      return id;
    };
    let done = 0;
    const total = claims.entities.length + claims.relations.length;
    const pause = async () => {
      if (++done % slice !== 0) return;
      work.onProgress?.({ stage: `writing ${source} to the graph`, done, total, unit: "claims" });
      await yieldToEventLoop(work.signal);
    };
    for (const { type, key, name, properties = {}, place } of claims.entities) {
      const id = idOf({ type, key }, place);
      contribute.run(id, source, place, name ?? null, JSON.stringify(properties));
      touched.add(id);
      await pause();
    }
    for (const { type, from, to, properties = {}, confidence = 1, place } of claims.relations) {
      relate.run(type, idOf(from, place), idOf(to, place), JSON.stringify(properties), confidence, source, place);
      await pause();
    }
    for (const { document, entity, start, end, text } of claims.mentions ?? [])
      mention.run(idOf(document, ""), idOf(entity, ""), start, end, text, source);
    mergeContributions(connection, touched);
    connection
      .prepare("insert or replace into graph_source (name, fingerprint) values (?, ?)")
      .run(source, fingerprint);
    connection.exec("commit");
  } catch (error) {
    // A full disk makes SQLite roll back by itself.
    if (connection.inTransaction) connection.exec("rollback");
    throw error;
  }
}

/** Takes a source's contribution back. */
export function removeSource({ connection }: Graph, source: string): void {
  connection.transaction(() => {
    withdraw(connection, source);
    connection.prepare("delete from graph_source where name = ?").run(source);
  })();
}

function withdraw(connection: Graph["connection"], source: string): void {
  const touched = connection
    .prepare("select entity from contribution where source = ?")
    .pluck()
    .all(source) as number[];
  for (const table of ["relation", "mention", "contribution"])
    connection.prepare(`delete from ${table} where source = ?`).run(source);
  connection.exec("delete from entity where id not in (select entity from contribution)");
  mergeContributions(connection, new Set(touched));
}

/** An entity's name and properties are those of its sources, in their order; a later source adds and overrides. */
function mergeContributions(connection: Graph["connection"], entities: ReadonlySet<number>): void {
  const read = connection.prepare("select name, properties from contribution where entity = ? order by source");
  const write = connection.prepare("update entity set name = coalesce(?, key), properties = ? where id = ?");
  for (const id of entities) {
    const parts = read.all(id) as { name: string | null; properties: string }[];
    if (parts.length === 0) continue;
    const name = parts.findLast((part) => part.name !== null)?.name ?? null;
    write.run(name, JSON.stringify(Object.assign({}, ...parts.map(({ properties }) => JSON.parse(properties)))), id);
  }
}

/** The fingerprint that a source's contribution was made from; `undefined` when there is none. */
export const sourceFingerprint = ({ connection }: Graph, source: string): string | undefined =>
  connection.prepare("select fingerprint from graph_source where name = ?").pluck().get(source) as string | undefined;
