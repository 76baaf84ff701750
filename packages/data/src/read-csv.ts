import { randomBytes } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { AthanorError, isAbort, type LongWork } from "@athanor/core";
import { checkKey } from "./check-key.ts";
import { describeRelation, quote, readRelation, withDuck } from "./duck.ts";
import { findFiles } from "./find-files.ts";
import { type Column, isMissing, type Table } from "./table.ts";

/** Encodings that delimited text is read in. */
export const encodings = ["utf-8", "latin1", "gb18030", "utf-16le", "windows-1252"] as const;

/** How a delimited text file is read. */
export interface CsvOptions {
  readonly path: string;
  readonly delimiter: string;
  /** What encloses a value that holds the delimiter, `"` by default; empty where quotes are text. */
  readonly quote?: string;
  readonly header: boolean;
  /** Names where the file has none. */
  readonly columns: readonly string[];
  readonly encoding: string;
  readonly key: readonly string[];
  /** `name:type` for columns whose type must not be guessed. */
  readonly types: readonly string[];
}

const duckTypes: Readonly<Record<string, string>> = {
  integer: "BIGINT",
  real: "DOUBLE",
  text: "VARCHAR",
  flag: "BOOLEAN",
  time: "TIMESTAMP",
};

const ownNames = new Map(Object.entries(duckTypes).map(([own, duck]) => [duck, own]));

/**
 * Reads delimited text; types are inferred from the whole file.
 *
 * @throws `data/missing-file`, `data/broken-row` naming file and line, `data/wrong-type`, `data/duplicate-key`, `data/unknown-column`
 */
export async function readCsv(owner: string, options: CsvOptions, work: LongWork = {}): Promise<Table> {
  const files = findFiles(owner, options.path);
  const isUtf8 = /^utf-?8$/i.test(options.encoding);
  const transcoded: string[] = [];
  try {
    if (!isUtf8) for (const file of files) transcoded.push(await transcode(file, options.encoding));
    const read = isUtf8 ? files : transcoded;
    const table = await readInferred(owner, read, options, work).catch((error: unknown) => {
      throw explain(error, owner, files, options);
    });
    checkKey(owner, table, options.key);
    return table;
  } finally {
    await Promise.all(transcoded.map((path) => rm(path, { force: true })));
  }
}

/** Types are guessed from the first rows; where a later row contradicts them, from all rows. */
async function readInferred(
  owner: string,
  files: readonly string[],
  options: CsvOptions,
  work: LongWork,
): Promise<Table> {
  const attempt = (sampleSize: number) =>
    withDuck(async (connection) => {
      const guessed = await describeRelation(connection, relation(files, options, sampleSize));
      // A whole-number type would round 2.5 without a word: such columns are read as reals and looked at afterwards.
      // Words such as yes and no are a text's own: only true and false are flags.
      const flags = guessed
        .filter(({ name, type }) => type === "flag" && !options.types.includes(`${name}:flag`))
        .map(({ name }) => name);
      const whole = guessed.filter(({ type }) => type === "integer").map(({ name }) => name);
      const safe = {
        ...options,
        types: [
          ...options.types.filter((entry) => !entry.endsWith(":integer")),
          ...whole.map((name) => `${name}:real`),
          ...flags.map((name) => `${name}:text`),
        ],
      };
      const table = await readRelation(connection, relation(files, safe, sampleSize), `reading ${owner}`, work);
      return {
        ...table,
        columns: table.columns.map((column) =>
          whole.includes(column.name)
            ? asWhole(owner, column, options)
            : flags.includes(column.name)
              ? asFlag(column)
              : column,
        ),
      };
    });
  try {
    return await attempt(20_480);
  } catch (error) {
    const { message } = error as Error;
    if (/converting column|Could not convert/i.test(message)) return attempt(-1);
    if (/sniffing file/i.test(message))
      await withDuck(async (connection) => readRelation(connection, await asTexts(files, options), owner, work));
    throw error;
  }
}

/** Texts that are all true or false become flags. */
function asFlag(column: Column): Column {
  if (column.type !== "text" || !column.dictionary.every((word) => /^(true|false)$/i.test(word))) return column;
  const values = Uint8Array.from(column.codes, (code) => Number(code >= 0 && /^true$/i.test(column.dictionary[code]!)));
  const valid = column.codes.includes(-1) ? Uint8Array.from(column.codes, (code) => Number(code >= 0)) : undefined;
  return { name: column.name, type: "flag", values, valid };
}

/** Reals that are all whole become integers; a column declared as integer must be whole. */
function asWhole(owner: string, column: Column, { types }: CsvOptions): Column {
  if (column.type !== "real") return column;
  const broken = column.values.findIndex((value, row) => !Number.isInteger(value) && !isMissing(column, row));
  if (broken < 0) return { ...column, type: "integer" };
  if (!types.includes(`${column.name}:integer`)) return column;
  throw new AthanorError(
    "data/wrong-type",
    `${owner}: expected ${column.name} to be integer, got ${column.values[broken]} in row ${broken + 1}`,
    {
      fix: "Correct the value, or declare the column as real.",
      details: { column: column.name, row: broken + 1 },
    },
  );
}

/** A file whose form cannot be guessed, read as texts by its first line: the reader then says which line breaks it. */
async function asTexts(files: readonly string[], options: CsvOptions): Promise<string> {
  const bytes = await readFile(files[0]!);
  const [first = ""] = (files[0]!.endsWith(".gz") ? gunzipSync(bytes) : bytes)
    .subarray(0, 1 << 16)
    .toString("utf8")
    .split(/\r?\n/);
  const names = options.columns.length > 0 ? options.columns : first.split(options.delimiter);
  const columns = names.map(
    (name, i) => `${quote(options.header ? name.replace(/^"|"$/g, "") || `column${i}` : `column${i}`)}: 'VARCHAR'`,
  );
  const list = files.map(quote).join(", ");
  return `read_csv([${list}], auto_detect = false, columns = {${columns.join(", ")}}, delim = ${quote(options.delimiter)}, header = ${options.header}, ${quoting(options)})`;
}

const quoting = ({ quote: mark = '"' }: CsvOptions) => `quote = ${quote(mark)}, escape = ${quote(mark)}`;

function relation(files: readonly string[], options: CsvOptions, sampleSize: number): string {
  const { delimiter, header, columns, types } = options;
  const parts = [
    `[${files.map(quote).join(", ")}]`,
    `delim = ${quote(delimiter)}`,
    `header = ${header}`,
    `sample_size = ${sampleSize}`,
    quoting(options),
    "null_padding = false",
    "nullstr = ''",
    "normalize_names = false",
    "max_line_size = 16777216",
  ];
  if (columns.length > 0) parts.push(`names = [${columns.map(quote).join(", ")}]`);
  if (types.length > 0) {
    const entries = types.map((entry) => {
      const [name, type] = [entry.slice(0, entry.lastIndexOf(":")), entry.slice(entry.lastIndexOf(":") + 1)];
      const duck = duckTypes[type];
      if (duck === undefined || name === "") {
        throw new AthanorError(
          "options/invalid",
          `csv: expected types like name:${Object.keys(duckTypes).join("|")}, got ${entry}`,
          { fix: "Write name:type." },
        );
      }
      return `${quote(name)}: ${quote(duck)}`;
    });
    parts.push(`types = {${entries.join(", ")}}`);
  }
  return `read_csv(${parts.join(", ")})`;
}

/** Turns text of another encoding into a UTF-8 file beside the system's temporary ones. */
async function transcode(file: string, encoding: string): Promise<string> {
  const bytes = await readFile(file);
  const text = new TextDecoder(encoding).decode(file.endsWith(".gz") ? gunzipSync(bytes) : bytes);
  const path = join(tmpdir(), `athanor-${process.pid}-${randomBytes(6).toString("hex")}.csv`);
  await writeFile(path, text);
  return path;
}

/** Says what DuckDB found in the terms of the file. */
function explain(error: unknown, owner: string, files: readonly string[], { types }: CsvOptions): unknown {
  const message = String((error as Error).message ?? error);
  const line = /Line: ?(\d+)/i.exec(message)?.[1];
  const [file] = files;
  const counts = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(message);
  const details = { file, line: line && Number(line), message };
  if (counts) {
    return new AthanorError(
      "data/broken-row",
      `${owner}: expected ${counts[1]} values in line ${line} of ${file}, got ${counts[2]}`,
      {
        fix: "Correct the line; a value that holds the delimiter needs quotes.",
        details,
      },
    );
  }
  const conversion = /Error when converting column "([^"]+)"\. Could not convert string "([^"]*)" to '?(\w+)/s.exec(
    message,
  );
  if (conversion) {
    const [, column, value, duckType] = conversion;
    const type = types.includes(`${column}:integer`) ? "integer" : (ownNames.get(duckType!) ?? duckType);
    return new AthanorError(
      "data/wrong-type",
      `${owner}: expected ${column} in line ${line} of ${file} to be ${type}, got ${JSON.stringify(value)}`,
      {
        fix: types.length > 0 ? "Correct the value, or the type in types." : "Correct the value.",
        details: { ...details, column, value },
      },
    );
  }
  const missing =
    /Columns? .*"?(\w+)"? .*not exist|COLUMN_TYPES error: Columns with names: "([^"]+)" do not exist/i.exec(message);
  if (missing) {
    return new AthanorError(
      "data/unknown-column",
      `${owner}: expected types to name columns of ${file}, got ${missing[2] ?? missing[1]}`,
      { fix: "Correct the name.", details },
    );
  }
  if (error instanceof AthanorError || isAbort(error)) return error;
  const where = line ? `line ${line} of ${file}` : file;
  return new AthanorError(
    "data/broken-row",
    `${owner}: expected ${where} to be delimited text, got ${message.split("\n")[0]}`,
    {
      fix: "Check the delimiter, quotes and encoding.",
      details,
      cause: error,
    },
  );
}
