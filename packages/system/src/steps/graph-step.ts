import { cellOf, columnOf } from "@athanor/data";
import type { Contribution } from "@athanor/knowledge";
import {
  type EntitiesMapping,
  type ExtractMapping,
  extractDocuments,
  findDuplicates,
  mapTable,
  openGraph,
  type RelationMapping,
  type ResolveMapping,
} from "@athanor/knowledge";
import type { Step } from "../pipeline/step.ts";
import { openSources } from "../sources/open-sources.ts";
import { contribute, isIntact } from "./contribute.ts";
import { ingestName } from "./ingest-step.ts";

const merge = (parts: readonly Contribution[]): Contribution => ({
  entities: parts.flatMap((part) => part.entities),
  relations: parts.flatMap((part) => part.relations),
});

/** Maps a table's rows to entities and relations. */
export function graphStep(source: string, mappings: readonly (EntitiesMapping | RelationMapping)[]): Step {
  const name = `graph:${source}`;
  return {
    name,
    needs: [ingestName(source)],
    declaration: mappings,
    isIntact: isIntact(name),
    async run(context) {
      const table = await openSources(context).table(source);
      return contribute(
        name,
        context,
        merge(mappings.map((mapping) => mapTable(mapping, table, `knowledge.${source}`))),
      );
    },
  };
}

/** Finds what documents mention, once the entities that they may name are in the graph. */
export function extractStep(source: string, mapping: ExtractMapping, graphSteps: readonly string[]): Step {
  const name = `extract:${source}`;
  return {
    name,
    needs: [ingestName(source), ...graphSteps],
    declaration: mapping,
    isIntact: isIntact(name),
    async run(context) {
      const documents = await openSources(context).documents(source);
      return contribute(name, context, extractDocuments(openGraph(context.workspace.connection), mapping, documents), {
        documents: documents.length,
      });
    },
  };
}

/** Links rows that are probably the same. */
export function resolveStep(source: string, mapping: ResolveMapping): Step {
  const name = `resolve:${source}`;
  return {
    name,
    needs: [ingestName(source)],
    declaration: mapping,
    isIntact: isIntact(name),
    async run(context) {
      const table = await openSources(context).table(source);
      const keys = columnOf(table, mapping.key, `knowledge.${source}`);
      const pairs = (await findDuplicates(table, mapping, context)).map(({ rows: [a, b], probability, likeness }) => ({
        pair: [String(cellOf(keys, a)), String(cellOf(keys, b))] as const,
        probability,
        likeness,
      }));
      const relations = pairs.map(({ pair: [from, to], probability, likeness }) => ({
        type: "SAME_AS",
        from: { type: mapping.type, key: from },
        to: { type: mapping.type, key: to },
        properties: likeness,
        confidence: probability,
        place: `${from} and ${to}`,
      }));
      return contribute(name, context, { entities: [], relations }, { pairs });
    },
  };
}
