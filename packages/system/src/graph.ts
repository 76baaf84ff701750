import type { LongWork } from "@athanor/core";
import { exportGexf, openGraph, type QueryResult, queryGraph as query } from "@athanor/knowledge";
import type { Workspace } from "./workspace/workspace.ts";

export interface QueryOptions extends LongWork {
  readonly parameters?: Readonly<Record<string, unknown>>;
}

/** Asks a workspace's graph in Cypher. */
export const queryGraph = async (
  { connection }: Workspace,
  text: string,
  { parameters = {} }: QueryOptions = {},
): Promise<QueryResult> => query(openGraph(connection), text, parameters);

/** Writes a workspace's graph as GEXF. */
export const exportGraph = (
  { connection }: Workspace,
  path: string,
  work: LongWork = {},
): Promise<{ nodes: number; edges: number }> => exportGexf(openGraph(connection), path, work);
