import type { Document, ImageBatch, Reader, SoundBatch, Table } from "@athanor/data";
import { profile, querySnapshots, writeSnapshot } from "@athanor/data";
import type { FileSource, SqlSource } from "../config/sources.ts";
import type { Step, StepContext, StepOutput } from "../pipeline/step.ts";
import { storeImages } from "../sources/stored-images.ts";
import { storeSounds } from "../sources/stored-sounds.ts";

export const ingestName = (source: string): string => `ingest:${source}`;

/** Takes a source's files in as a snapshot. */
export function ingestStep(name: string, declaration: FileSource, directory: string): Step {
  const { connector, options, yields } = declaration;
  const reader = declaration.connect(directory);
  return {
    name: ingestName(name),
    needs: [],
    declaration: [connector, options],
    fingerprint: (work) => reader.fingerprint(work),
    run(context) {
      if (yields === "table") return ingestTable(context, reader as Reader<Table>, connector);
      if (yields === "documents") return ingestDocuments(context, reader as Reader<readonly Document[]>);
      if (yields === "sounds") return ingestSounds(context, reader as Reader<SoundBatch>);
      return ingestImages(context, reader as Reader<ImageBatch>);
    },
  };
}

/** Computes a table from the snapshots of other sources. */
export function sqlStep(name: string, { statement }: SqlSource, reads: readonly string[]): Step {
  return {
    name: ingestName(name),
    needs: reads.map(ingestName),
    declaration: ["sql", statement],
    async run(context) {
      const snapshots = Object.fromEntries(
        reads.map((source) => [
          source,
          context.workspace.objects.path(context.output(ingestName(source)).objects.snapshot!),
        ]),
      );
      return storeTable(context, await querySnapshots(name, statement, snapshots, context), "sql");
    },
  };
}

async function ingestTable(context: StepContext, reader: Reader<Table>, connector: string): Promise<StepOutput> {
  for await (const table of reader.open(context)) return storeTable(context, table, connector);
  throw new Error(`${connector} gave no table`);
}

async function storeTable(
  { workspace: { objects }, signal }: StepContext,
  table: Table,
  kind: string,
): Promise<StepOutput> {
  const path = await objects.scratch();
  await writeSnapshot(table, path, { signal });
  return {
    objects: { snapshot: await objects.putFile(path) },
    data: { kind, rows: table.rows, columns: profile(table) },
  };
}

async function ingestDocuments(
  { workspace: { objects }, ...work }: StepContext,
  reader: Reader<readonly Document[]>,
): Promise<StepOutput> {
  const documents: Document[] = [];
  for await (const batch of reader.open(work)) documents.push(...batch);
  const snapshot = await objects.put(Buffer.from(JSON.stringify(documents)));
  return { objects: { snapshot }, data: { kind: "documents", rows: documents.length, columns: [] } };
}

async function ingestSounds(
  { workspace: { objects }, ...work }: StepContext,
  reader: Reader<SoundBatch>,
): Promise<StepOutput> {
  const batches: SoundBatch[] = [];
  for await (const batch of reader.open(work)) batches.push(batch);
  const { samples, index } = storeSounds(batches);
  const stored = { snapshot: await objects.put(samples), index: await objects.put(Buffer.from(JSON.stringify(index))) };
  return { objects: stored, data: { kind: "sounds", rows: index.labels.length, columns: [] } };
}

async function ingestImages(
  { workspace: { objects }, ...work }: StepContext,
  reader: Reader<ImageBatch>,
): Promise<StepOutput> {
  const batches: ImageBatch[] = [];
  for await (const batch of reader.open(work)) batches.push(batch);
  const { pixels, index } = storeImages(batches);
  const stored = { snapshot: await objects.put(pixels), index: await objects.put(Buffer.from(JSON.stringify(index))) };
  return { objects: stored, data: { kind: "images", rows: index.labels.length, columns: [] } };
}
