import { appendFile, readFile } from "node:fs/promises";
import { AthanorError } from "@athanor/core";

/** Where a search writes what it has measured, a line at a time, to go on from after it was stopped. */
export interface Journal {
  read(): Promise<string>;
  append(lines: string): Promise<void>;
}

/** A journal in a file; the file is made when it is not there. */
export const fileJournal = (path: string): Journal => ({
  async read() {
    try {
      return await readFile(path, "utf8");
    } catch (error) {
      if ((error as { code?: string }).code === "ENOENT") return "";
      throw error;
    }
  },
  append: (lines) => appendFile(path, lines),
});

/** What was measured of one candidate on one split, or why it could not be. */
export interface JournalEntry {
  readonly key: string;
  readonly scores?: Readonly<Record<string, number>>;
  readonly seconds: number;
  readonly refusal?: string;
}

/**
 * Reads what an earlier search on the same data and splits has measured.
 *
 * A last line that was cut off in writing is left out.
 *
 * @throws `ml/journal` when the journal is of other data
 */
export async function openJournal(
  journal: Journal,
  fingerprint: string,
): Promise<{ readonly entries: Map<string, JournalEntry>; record(entry: JournalEntry): Promise<void> }> {
  const text = await journal.read();
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  const [head, ...lines] = whole.split("\n").filter((line) => line !== "");
  const entries = new Map<string, JournalEntry>();
  if (head === undefined) await journal.append(`${JSON.stringify({ search: fingerprint })}\n`);
  else {
    const { search } = JSON.parse(head) as { readonly search?: string };
    if (search !== fingerprint)
      throw new AthanorError("ml/journal", "Search: expected the journal of these samples, got one of others", {
        fix: "Give another file, or delete this one.",
      });
    // What follows a line that was cut off starts on a line of its own.
    if (whole.length < text.length) await journal.append("\n");
    for (const line of lines) {
      const entry = parsed(line);
      if (entry) entries.set(entry.key, entry);
    }
  }
  let writing = Promise.resolve();
  return {
    entries,
    record(entry) {
      entries.set(entry.key, entry);
      writing = writing.then(() => journal.append(`${JSON.stringify(entry)}\n`));
      return writing;
    },
  };
}

function parsed(line: string): JournalEntry | undefined {
  try {
    return JSON.parse(line) as JournalEntry;
  } catch {
    return undefined;
  }
}
