import type SQLite from "better-sqlite3";

/** The graph's tables in an open SQLite database. */
export interface Graph {
  readonly connection: SQLite.Database;
}

const tables = `
create table if not exists graph_source (name text primary key, fingerprint text not null) without rowid;
create table if not exists entity (id integer primary key, type text not null, key text not null, name text not null,
  properties text not null, unique (type, key));
create table if not exists contribution (entity integer not null, source text not null, place text not null, name text, properties text not null,
  primary key (entity, source)) without rowid;
create index if not exists contribution_source on contribution (source);
create table if not exists relation (id integer primary key, type text not null, "from" integer not null, "to" integer not null,
  properties text not null, confidence real not null, source text not null, place text not null);
create index if not exists relation_from on relation ("from", type);
create index if not exists relation_to on relation ("to", type);
create index if not exists relation_type on relation (type);
create index if not exists relation_source on relation (source);
create table if not exists mention (document integer not null, entity integer not null, start integer not null, "end" integer not null,
  text text not null, source text not null);
create index if not exists mention_entity on mention (entity);
create index if not exists mention_source on mention (source);
`;

/** Prepares a database for the graph; the caller keeps and closes the connection. */
export function openGraph(connection: SQLite.Database): Graph {
  connection.exec(tables);
  return { connection };
}
