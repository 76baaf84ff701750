import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const root = join(import.meta.dirname, "..");
const isTest = (file: string) => /\.test\.ts$|\/testing\//.test(file);

/** Lines of every TypeScript file: of the working tree, or of a commit. */
function linesOf(commit?: string): Map<string, number> {
  const where = commit === undefined ? ["--untracked", "-e", ""] : ["-e", "", commit];
  const listing = execFileSync("git", ["grep", "--count", ...where, "--", "*.ts"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  const prefix = commit === undefined ? 0 : commit.length + 1;
  return new Map(
    listing
      .trim()
      .split("\n")
      .map((line) => {
        const colon = line.lastIndexOf(":");
        return [line.slice(prefix, colon), Number(line.slice(colon + 1))];
      }),
  );
}

export interface Size {
  readonly source: number;
  readonly tests: number;
}

/** Lines by package, or by top folder outside the packages; tests and what only tests use apart. */
export function sizes(lines: ReadonlyMap<string, number>): Map<string, Size> {
  const totals = new Map<string, Size>();
  for (const [file, count] of lines) {
    const [top, name] = file.split("/");
    const part = top === "packages" ? name! : file.includes("/") ? `${top}/` : "(root)";
    const { source, tests } = totals.get(part) ?? { source: 0, tests: 0 };
    totals.set(part, isTest(file) ? { source, tests: tests + count } : { source: source + count, tests });
  }
  return new Map([...totals].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The middle of the sorted numbers, the lower one of two; 0 of none. */
export function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)] ?? 0;
}

function print(base: string): void {
  const [now, before] = [linesOf(), linesOf(base)];
  const [current, earlier] = [sizes(now), sizes(before)];
  const signed = (change: number) => (change === 0 ? "" : change > 0 ? `+${change}` : String(change));
  const row = (name: string, ...cells: readonly (string | number)[]) =>
    console.log(name.padEnd(14) + cells.map((cell) => String(cell).padStart(9)).join(""));
  const total = (of: ReadonlyMap<string, Size>, kind: keyof Size) =>
    [...of.values()].reduce((sum, size) => sum + size[kind], 0);

  row("lines", "source", "change", "tests", "change");
  for (const name of new Set([...current.keys(), ...earlier.keys()])) {
    const [a, b] = [current, earlier].map((of) => of.get(name) ?? { source: 0, tests: 0 }) as [Size, Size];
    row(name, a.source, signed(a.source - b.source), a.tests, signed(a.tests - b.tests));
  }
  const changes = (["source", "tests"] as const).map((kind) => total(current, kind) - total(earlier, kind));
  row("all", total(current, "source"), signed(changes[0]!), total(current, "tests"), signed(changes[1]!));

  const files = [...now].filter(([file]) => !isTest(file)).sort(([, a], [, b]) => b - a);
  console.log(
    `\n${files.length} source files, ${median(files.map(([, count]) => count))} lines in the median; longest:`,
  );
  for (const [file, count] of files.slice(0, 10)) console.log(`${String(count).padStart(5)}  ${file}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { positionals } = parseArgs({ allowPositionals: true });
  print(positionals[0] ?? "HEAD~1");
}
