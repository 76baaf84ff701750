import type { Graph, Model } from "../model.ts";
import { registry } from "../registry.ts";
import type { BuiltNode } from "./built-node.ts";
import { bodiesOf } from "./free-names.ts";
import { workingOpsets } from "./working-opsets.ts";

interface Used {
  readonly op: string;
  readonly domain: string;
}

const usedIn = (graph: Graph): readonly Used[] =>
  graph.nodes.flatMap(({ op, domain, attributes }) => [{ op, domain }, ...bodiesOf({ attributes }).flatMap(usedIn)]);

/** Versions that a model of these nodes and of their bodies needs. */
export function versionsOf(nodes: readonly BuiltNode[]): Pick<Model, "irVersion" | "opsets"> {
  const used = nodes.flatMap(({ definition: { name, domain = "" }, attributes }) => [
    { op: name, domain },
    ...bodiesOf({ attributes }).flatMap(usedIn),
  ]);
  const standard = used.map(({ op, domain }) => (domain === "" ? (registry.get(`:${op}`)?.since ?? 1) : 1));
  const version = standard.reduce((newest, since) => Math.max(newest, since), workingOpsets[""]!);
  const domains = new Set(used.map(({ domain }) => domain).concat(""));
  return {
    irVersion: version > 22 ? 11 : 10,
    opsets: Object.fromEntries(
      [...domains].sort().map((domain) => [domain, domain === "" ? version : (workingOpsets[domain] ?? 1)]),
    ),
  };
}
