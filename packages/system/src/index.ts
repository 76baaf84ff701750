export { entities, extract, relation, resolve } from "@athanor/knowledge";
export { type Config, defineConfig } from "./config/define-config.ts";
export { checkConfig, configFile, loadConfig } from "./config/load-config.ts";
export {
  conll,
  csv,
  documents,
  idx,
  images,
  json,
  parquet,
  type SourceDeclaration,
  sounds,
  sql,
  textFolders,
  tsv,
} from "./config/sources.ts";
export { exportGraph, queryGraph } from "./graph.ts";
export { type Language, languageOption, type Wording } from "./language.ts";
export { type LearnOptions, type LearnResult, learn } from "./learn.ts";
export { defineMiner, type Findings, type Mined, type MinerDeclaration } from "./miner/define-miner.ts";
export type { Finding } from "./miner/finding.ts";
export { anomalies, associationRules, quality, segments, trends } from "./miners/index.ts";
export { type ListedRun, listRuns, type Run, type RunDetails, readRun } from "./pipeline/run-log.ts";
export type { StepEvent, StepResult } from "./pipeline/run-steps.ts";
export { coerceRow } from "./predict/coerce-row.ts";
export { openPredictor, type Predictor } from "./predict/predictor.ts";
export { readRows } from "./predict/read-rows.ts";
export { exportFolder } from "./registry/export-folder.ts";
export { exportModel } from "./registry/export-model.ts";
export { findModel, listModels, type ModelVersion, promoteModel } from "./registry/registry.ts";
export { type StepState, type SystemStatus, statusOf } from "./status.ts";
export { type LearningSystem, openRecord, openSystem } from "./system.ts";
export { defineTask, type Row, type TaskDeclaration } from "./task/define-task.ts";
export type { Field, ModelCard } from "./task/model-card.ts";
export {
  classify,
  classifyImages,
  classifySounds,
  classifyTexts,
  forecast,
  recommend,
  regress,
  tagTokens,
} from "./tasks/index.ts";
export { openWorkspace, type Workspace } from "./workspace/workspace.ts";
