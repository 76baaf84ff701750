import { isAbsolute, join } from "node:path";
import {
  conll as conllConnector,
  csv as csvConnector,
  documents as documentsConnector,
  idx as idxConnector,
  images as imagesConnector,
  json as jsonConnector,
  parquet as parquetConnector,
  type Reader,
  sounds as soundsConnector,
  textFolders as textFoldersConnector,
  tsv as tsvConnector,
  type Yield,
} from "@athanor/data";

interface Declared {
  readonly kind: "source";
  readonly yields: Yield;
  readonly connector: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** Files, read by a connector. */
export interface FileSource extends Declared {
  connect(directory: string): Reader<unknown>;
}

/** A table computed from other sources. */
export interface SqlSource extends Declared {
  readonly statement: string;
}

/** A source as a configuration declares it. */
export type SourceDeclaration = FileSource | SqlSource;

type Options<C extends (input: never) => unknown> = Omit<Parameters<C>[0], "path" | "key"> & {
  readonly key?: string | readonly string[];
};

/** A connector's factory for configurations: the path comes first and is relative to the configuration's folder. */
const source =
  <C extends (input: never) => Reader<unknown>>(connector: C, yields: Yield, name: string) =>
  (path: string, { key, ...rest }: Options<C> = {} as Options<C>): FileSource => {
    const options = { ...rest, path, ...(key === undefined ? {} : { key: typeof key === "string" ? [key] : key }) };
    return {
      kind: "source",
      yields,
      connector: name,
      options,
      connect: (directory) => connector({ ...options, path: isAbsolute(path) ? path : join(directory, path) } as never),
    };
  };

/** Delimited text files; a pattern such as `data/*.csv` names several. */
export const csv = source(csvConnector, "table", "csv");
/** Tab-separated text files, whose quotes are text unless `quoted` is set. */
export const tsv = source(tsvConnector, "table", "tsv");
/** JSON files: an array of rows, or a row a line. */
export const json = source(jsonConnector, "table", "json");
/** Parquet files. */
export const parquet = source(parquetConnector, "table", "parquet");
/** Texts with a word and its tag on each line: a table of `tokens` and `tags`. */
export const conll = source(conllConnector, "table", "conll");
/** Text files in a folder for each label: a table of `text` and `label`. */
export const textFolders = source(textFoldersConnector, "table", "textFolders");
/** Markdown, HTML and text files. */
export const documents = source(documentsConnector, "documents", "documents");
/** Grey pictures in MNIST's format, with a file of labels beside them. */
export const idx = source(idxConnector, "images", "idx");
/** A folder of pictures, or a zip archive of them. */
export const images = source(imagesConnector, "images", "images");

/** A folder of WAV sounds, or a zip archive of them. */
export const sounds = source(soundsConnector, "sounds", "sounds");

/** A table computed by an SQL SELECT over other sources, by their names. */
export const sql = (statement: string): SqlSource => ({
  kind: "source",
  yields: "table",
  connector: "sql",
  options: { statement },
  statement,
});
