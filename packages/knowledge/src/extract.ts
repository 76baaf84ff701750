import type { Document } from "@athanor/data";
import type { Contribution, EntityClaim, MentionClaim, RelationClaim } from "./contribution.ts";
import { gazetteer } from "./gazetteer.ts";
import type { Graph } from "./open-graph.ts";
import { findPatterns } from "./patterns.ts";

/** Documents become entities that mention others: those of a list of types by name, and values that follow a form. */
export interface ExtractMapping {
  readonly kind: "extract";
  /** Types whose names are looked for. */
  readonly types: readonly string[];
  /** Whether dates, money, addresses and the like become entities too. */
  readonly patterns: boolean;
}

/** Maps documents to entities that mention the known names of some types, and what follows a pattern. */
export const extract = ({
  types,
  patterns = true,
}: {
  readonly types: readonly string[];
  readonly patterns?: boolean;
}): ExtractMapping => ({ kind: "extract", types, patterns });

/** What documents say, against the names that the graph knows. */
export function extractDocuments(
  { connection }: Graph,
  { types, patterns }: ExtractMapping,
  documents: readonly Document[],
): Contribution {
  const known = connection
    .prepare(`select type, key, name from entity where type in (${types.map(() => "?").join(", ")}) order by type, key`)
    .all(...types) as { type: string; key: string; name: string }[];
  const find = gazetteer(known.map(({ name }, value) => ({ name, value })));
  const entities: EntityClaim[] = [];
  const relations: RelationClaim[] = [];
  const mentions: MentionClaim[] = [];
  for (const { id, title, text, language, metadata } of documents) {
    const document = { type: "Document", key: id };
    entities.push({
      ...document,
      name: title,
      properties: { ...metadata, ...(language ? { language } : {}) },
      place: id,
    });
    const named = find(text).map((found) => ({
      ...found,
      entity: { type: known[found.value]!.type, key: known[found.value]!.key },
    }));
    const formed = patterns
      ? findPatterns(text).map((found) => ({ ...found, entity: { type: found.type as string, key: found.value } }))
      : [];
    const linked = new Set<string>();
    for (const { start, end, text: words, entity } of [...named, ...formed]) {
      mentions.push({ document, entity, start, end, text: words });
      const pair = `${entity.type}\u0000${entity.key}`;
      if (linked.has(pair)) continue;
      linked.add(pair);
      relations.push({ type: "MENTIONS", from: document, to: entity, place: id });
    }
  }
  return { entities, relations, mentions };
}
