import type { Document, Table } from "@athanor/data";
import { readSnapshot } from "@athanor/data";
import type { StepContext } from "../pipeline/step.ts";
import { ingestName } from "../steps/ingest-step.ts";
import type { ImageSet } from "../task/image-set.ts";
import type { SoundSet } from "../task/sound-set.ts";
import { loadImages } from "./stored-images.ts";
import { loadSounds } from "./stored-sounds.ts";

/** What a step reads of the sources that it needs. */
export interface OpenSources {
  table(source: string): Promise<Table>;
  documents(source: string): Promise<readonly Document[]>;
  images(source: string): Promise<ImageSet>;
  sounds(source: string): Promise<SoundSet>;
}

export function openSources({ workspace: { objects }, output, ...work }: StepContext): OpenSources {
  const object = (source: string, name: string) => output(ingestName(source)).objects[name]!;
  const json = async (hash: string) => JSON.parse(Buffer.from(await objects.get(hash)).toString());
  return {
    table: (source) => readSnapshot(objects.path(object(source, "snapshot")), work),
    documents: (source) => json(object(source, "snapshot")),
    images: async (source) =>
      loadImages(await objects.get(object(source, "snapshot")), await json(object(source, "index"))),
    sounds: async (source) =>
      loadSounds(await objects.get(object(source, "snapshot")), await json(object(source, "index"))),
  };
}
