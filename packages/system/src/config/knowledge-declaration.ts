import type { EntitiesMapping, ExtractMapping, RelationMapping, ResolveMapping } from "@athanor/knowledge";

/** How a source enters the knowledge graph. */
export type KnowledgeDeclaration = EntitiesMapping | RelationMapping | ExtractMapping | ResolveMapping;
