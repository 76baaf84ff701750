import { AthanorError, contentHash } from "@athanor/core";
import type { Config } from "../config/define-config.ts";
import { knownSource } from "../config/known-source.ts";
import type { SourceDeclaration } from "../config/sources.ts";
import { extractStep, graphStep, resolveStep } from "../steps/graph-step.ts";
import { ingestStep, sqlStep } from "../steps/ingest-step.ts";
import { mineStep } from "../steps/mine-step.ts";
import { taskSteps } from "../steps/task-steps.ts";
import type { Step } from "./step.ts";

/**
 * Turns a configuration into steps, and checks every name and option in it before anything runs.
 *
 * @throws `config/unknown-source`, `config/wrong-kind`, `options/…`
 */
export function planSteps(config: Config, directory: string): readonly Step[] {
  const { sources, knowledge = {}, mine = {}, learn = {}, seed = 0 } = config;
  const names = Object.keys(sources);
  const ingest = Object.entries(sources).map(([name, source]) =>
    "statement" in source
      ? sqlStep(
          name,
          source,
          names.filter((other) => other !== name && mentions(source.statement, other)),
        )
      : ingestStep(name, source, directory),
  );
  const graph: Step[] = [];
  const later: (() => Step)[] = [];
  for (const [name, given] of Object.entries(knowledge)) {
    const mappings = Array.isArray(given) ? given : [given];
    const source = sources[knownSource(config, name, `knowledge.${name}`)]!;
    const structured = mappings.filter((mapping) => mapping.kind === "entities" || mapping.kind === "relation");
    if (structured.length > 0) graph.push(graphStep(checkKind(name, source, "table", `knowledge.${name}`), structured));
    for (const mapping of mappings) {
      if (mapping.kind === "resolve")
        graph.push(resolveStep(checkKind(name, source, "table", `knowledge.${name}`), mapping));
      if (mapping.kind === "extract") {
        checkKind(name, source, "documents", `knowledge.${name}`);
        later.push(() =>
          extractStep(
            name,
            mapping,
            graph.filter((step) => step.name.startsWith("graph:")).map((step) => step.name),
          ),
        );
      }
    }
  }
  const configuration = contentHash([sources, learn, seed]);
  const steps = [
    ...ingest,
    ...graph,
    ...later.map((make) => make()),
    ...Object.entries(mine).map(([name, declaration]) => mineStep(name, declaration, seed)),
    ...Object.entries(learn).flatMap(([name, declaration]) => taskSteps(name, declaration, seed, configuration)),
  ];
  for (const step of steps) {
    for (const need of step.needs)
      if (need.startsWith("ingest:")) knownSource(config, need.slice("ingest:".length), step.name);
  }
  return steps;
}

/** True when a statement names a source as a whole word. */
const mentions = (statement: string, name: string): boolean =>
  new RegExp(`(?<![\\w$])${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\w$])`, "i").test(statement);

function checkKind(
  name: string,
  { yields }: SourceDeclaration,
  wanted: SourceDeclaration["yields"],
  owner: string,
): string {
  if (yields === wanted) return name;
  throw new AthanorError("config/wrong-kind", `${owner}: expected a source of ${wanted}, got one of ${yields}`, {
    fix: "Use a declaration that fits the source.",
    details: { source: name, yields },
  });
}
