import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

/** Where a command writes: results to standard output, progress and errors to standard error. */
export interface Terminal {
  readonly isLive: boolean;
  print(line?: string): void;
  /** Writes a line of progress; it stays. */
  note(line: string): void;
  /** Rewrites the live line at the bottom; an empty string removes it. */
  live(line: string): void;
  style(style: Style, text: string): string;
  table(rows: readonly (readonly string[])[]): void;
}

/** The terminal of this process; quiet ones print no progress. */
export function openTerminal({ quiet = false }: { readonly quiet?: boolean } = {}): Terminal {
  const isLive = process.stderr.isTTY === true && !quiet;
  const colours = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
  let liveLine = "";
  const clear = () => {
    if (liveLine !== "") process.stderr.write("\r\u001b[2K");
    liveLine = "";
  };
  const print = (line = "") => {
    clear();
    process.stdout.write(`${line}\n`);
  };
  return {
    isLive,
    print,
    note(line) {
      if (quiet) return;
      clear();
      process.stderr.write(`${line}\n`);
    },
    live(line) {
      if (!isLive) return;
      clear();
      liveLine = line.slice(0, (process.stderr.columns ?? 80) - 1);
      process.stderr.write(liveLine);
    },
    style: (style, text) => (colours ? styleText(style, text) : text),
    table(rows) {
      const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => width(row[column] ?? ""))));
      for (const row of rows)
        print(
          row
            .map((cell, column) => cell + " ".repeat(widths[column]! - width(cell)))
            .join("  ")
            .trimEnd(),
        );
    },
  };
}

/** Columns that text takes: Chinese characters take two, colour codes none. */
function width(text: string): number {
  let columns = 0;
  for (const character of text.replace(/\u001b\[\d+m/g, "")) {
    columns += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(
      character,
    )
      ? 2
      : 1;
  }
  return columns;
}
