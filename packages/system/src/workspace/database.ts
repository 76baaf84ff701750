import SQLite from "better-sqlite3";
import { type Generated, Kysely, SqliteDialect, sql } from "kysely";

/** The record of a workspace; JSON travels as text, times as milliseconds since the epoch. */
export interface Schema {
  step: StepRow;
  run: Omit<RunRow, "id"> & { id: Generated<number> };
  metric: MetricRow;
  model: ModelRow;
  checkpoint: { step: string; key: string; object: string };
  file: { path: string; size: number; modified: number; hash: string };
}

export interface StepRow {
  name: string;
  key: string;
  status: "done" | "failed";
  output: string;
  error: string | null;
  run: number;
  started: number;
  ended: number;
}

export interface RunRow {
  id: number;
  kind: "learn" | "train";
  name: string;
  parent: number | null;
  status: "running" | "done" | "failed" | "cancelled";
  started: number;
  ended: number | null;
  parameters: string;
  summary: string;
}

export interface MetricRow {
  run: number;
  name: string;
  step: number;
  value: number;
}

export interface ModelRow {
  task: string;
  version: number;
  object: string;
  created: number;
  run: number;
  stage: "champion" | "challenger" | "retired";
  metrics: string;
  lineage: string;
  card: string;
}

export type Database = Kysely<Schema>;

const tables = [
  `create table if not exists step (name text primary key, key text not null, status text not null, output text not null,
    error text, run integer not null, started integer not null, ended integer not null) without rowid`,
  `create table if not exists run (id integer primary key autoincrement, kind text not null, name text not null,
    parent integer, status text not null, started integer not null, ended integer, parameters text not null, summary text not null)`,
  `create table if not exists metric (run integer not null, name text not null, step integer not null, value real not null,
    primary key (run, name, step)) without rowid`,
  `create table if not exists model (task text not null, version integer not null, object text not null, created integer not null,
    run integer not null, stage text not null, metrics text not null, lineage text not null, card text not null,
    primary key (task, version)) without rowid`,
  `create table if not exists checkpoint (step text primary key, key text not null, object text not null) without rowid`,
  `create table if not exists file (path text primary key, size integer not null, modified real not null, hash text not null) without rowid`,
];

/** Opens or creates the record; `connection` is the same database for packages that speak to SQLite themselves. */
export async function openDatabase(path: string): Promise<{ database: Database; connection: SQLite.Database }> {
  const connection = new SQLite(path);
  connection.pragma("journal_mode = WAL");
  connection.pragma("synchronous = FULL");
  connection.pragma("busy_timeout = 5000");
  const database = new Kysely<Schema>({ dialect: new SqliteDialect({ database: connection }) });
  for (const table of tables) await sql.raw(table).execute(database);
  return { database, connection };
}
