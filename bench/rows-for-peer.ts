import { writeFile } from "node:fs/promises";
import { columnOf, numbersOf, readSnapshot, type Table, textsOf } from "@athanor/data";
import { trainTestSplit } from "@athanor/ml";
import type { LearningSystem } from "@athanor/system";

interface Setting {
  readonly task: string;
  readonly seed: number;
  readonly options: Readonly<Record<string, unknown>>;
}

interface Stored {
  /** The keys of a source's objects. */
  readonly stored: (source: string) => Readonly<Record<string, string>>;
  readonly objects: LearningSystem["workspace"]["objects"];
  /** Where numbers go. */
  readonly file: string;
}

/** The rows of an example as its peer reads them, and which of them are held back. */
export async function rowsForPeer(setting: Setting, { stored, objects, file }: Stored): Promise<object> {
  const tableOf = (source: string) => readSnapshot(objects.path(stored(source).snapshot!), {});
  switch (setting.task) {
    case "series-regression":
      return seriesRows(setting, { tableOf, file });
    case "text-classification":
    case "token-tagging":
      return textRows(setting, tableOf);
    default: {
      const { snapshot, index } = stored(setting.options.from as string);
      const { labels, shape, rate } = JSON.parse(Buffer.from(await objects.get(index!)).toString());
      await writeFile(file, await objects.get(snapshot!));
      const { test } = trainTestSplit(labels.length, setting.options.testShare as number, setting.seed, labels);
      return { file, shape, rate, labels, test };
    }
  }
}

type TableOf = (source: string) => Promise<Table>;

/** Columns side by side, in the order of time. */
async function seriesRows(
  { options }: Setting,
  { tableOf, file }: { readonly tableOf: TableOf; readonly file: string },
) {
  const { from, time, targets, features } = options as {
    readonly from: string;
    readonly time: string | null;
    readonly targets: readonly string[];
    readonly features: readonly string[];
  };
  const table = await tableOf(from);
  const names = [...targets, ...features];
  const times = time === null ? undefined : numbersOf(columnOf(table, time));
  const order = [...Array(table.rows).keys()].sort((a, b) => (times ? times[a]! - times[b]! : a - b));
  const columns = names.map((name) => numbersOf(columnOf(table, name)));
  await writeFile(file, Float64Array.from(order.flatMap((row) => columns.map((column) => column[row]!))));
  return { file, shape: [table.rows, names.length] };
}

/** Texts with their labels or tags, those of a source for the evaluation last. */
async function textRows({ task, options, seed }: Setting, tableOf: TableOf) {
  const named = task === "token-tagging" ? "tags" : "labels";
  const { from, test, begin, testShare } = options as {
    readonly from: string;
    readonly test: string | null;
    readonly begin?: string | null;
    readonly testShare: number;
  };
  const read = async (source: string | null | undefined) => {
    if (typeof source !== "string") return { texts: [], [named]: [] };
    const table = await tableOf(source);
    const texts = textsOf(columnOf(table, options.text as string));
    const given = textsOf(columnOf(table, (named === "tags" ? options.tags : options.label) as string));
    const rows = [...given.keys()].filter((row) => given[row] !== undefined);
    return { texts: rows.map((row) => texts[row] ?? ""), [named]: rows.map((row) => given[row]!) };
  };
  const [own, held] = [await read(from), await read(test)];
  const both = (name: string) => [...own[name]!, ...held[name]!];
  const count = own.texts!.length;
  const rows =
    test === null
      ? trainTestSplit(count, testShare, seed, named === "labels" ? own.labels : undefined).test
      : held.texts!.map((_, i) => count + i);
  return { texts: both("texts"), [named]: both(named), test: rows, ...(begin ? { begin: await read(begin) } : {}) };
}
