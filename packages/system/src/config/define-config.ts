import type { Language } from "../language.ts";
import type { MinerDeclaration } from "../miner/define-miner.ts";
import type { TaskDeclaration } from "../task/define-task.ts";
import type { KnowledgeDeclaration } from "./knowledge-declaration.ts";
import type { SourceDeclaration } from "./sources.ts";

/** A learning system: what it reads, knows, looks for and learns. */
export interface Config {
  readonly name: string;
  /** Every random draw of the system derives from it. */
  readonly seed?: number;
  /** Language of the findings and the report, English by default. */
  readonly language?: Language;
  readonly sources: Readonly<Record<string, SourceDeclaration>>;
  /** Keyed by source: how its rows or documents enter the knowledge graph. */
  readonly knowledge?: Readonly<Record<string, KnowledgeDeclaration | readonly KnowledgeDeclaration[]>>;
  readonly mine?: Readonly<Record<string, MinerDeclaration>>;
  readonly learn?: Readonly<Record<string, TaskDeclaration>>;
}

/** Declares a learning system; the configuration file's default export. */
export const defineConfig = <const C extends Config>(config: C): C => config;
