import type { Slices } from "@athanor/core";
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
export function* versionsOf(nodes: readonly BuiltNode[]): Slices<Pick<Model, "irVersion" | "opsets">> {
  let version = workingOpsets[""]!;
  const domains = new Set([""]);
  const add = ({ op, domain }: Used) => {
    domains.add(domain);
    if (domain === "") version = Math.max(version, registry.get(`:${op}`)?.since ?? 1);
  };
  for (const { definition, attributes } of nodes) {
    add({ op: definition.name, domain: definition.domain ?? "" });
    for (const body of bodiesOf({ attributes })) usedIn(body).forEach(add);
    yield;
  }
  return {
    irVersion: version > 22 ? 11 : 10,
    opsets: Object.fromEntries(
      [...domains].sort().map((domain) => [domain, domain === "" ? version : (workingOpsets[domain] ?? 1)]),
    ),
  };
}
