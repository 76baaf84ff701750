import { type Column, isMissing, type Table } from "./table.ts";

/** How closely two columns go together, over the rows where both have a value. */
export interface Association {
  readonly columns: readonly [string, string];
  /** `pearson` of numbers, from -1 to 1; `cramer` of texts and flags, from 0 to 1. */
  readonly measure: "pearson" | "cramer";
  readonly value: number;
  readonly rows: number;
}

/** Texts with more values than these, or with fewer rows each than that, are names rather than kinds. */
const [mostKinds, rowsOfKind] = [50, 4];

/**
 * The association of every two columns of numbers, and of every two of a few kinds each; times are left out.
 *
 * @see Cramér 1946, "Mathematical methods of statistics", chapter 21
 */
export async function associations(
  { columns, rows }: Table,
  pause: () => Promise<void>,
): Promise<readonly Association[]> {
  const isNumber = (column: Column) => column.type === "integer" || column.type === "real";
  const isKind = (column: Column) =>
    column.type === "flag" ||
    (column.type === "text" && column.dictionary.length <= Math.min(mostKinds, rows / rowsOfKind));
  const found: Association[] = [];
  for (const [i, a] of columns.entries())
    for (const b of columns.slice(i + 1)) {
      const measured = isNumber(a) && isNumber(b) ? pearson(a, b) : isKind(a) && isKind(b) ? cramer(a, b) : undefined;
      if (measured && Number.isFinite(measured.value)) found.push({ columns: [a.name, b.name], ...measured });
      await pause();
    }
  return found;
}

const valuesOf = (column: Column) => (column.type === "text" ? column.codes : column.values);

function pearson(a: Column, b: Column) {
  const [x, y] = [valuesOf(a), valuesOf(b)];
  let [count, meanX, meanY, xx, yy, xy] = [0, 0, 0, 0, 0, 0];
  for (let row = 0; row < x.length; row++) {
    if (isMissing(a, row) || isMissing(b, row)) continue;
    count++;
    // Welford's update, as sums of squares lose the digits that matter.
    const [fromX, fromY] = [x[row]! - meanX, y[row]! - meanY];
    meanX += fromX / count;
    meanY += fromY / count;
    xx += fromX * (x[row]! - meanX);
    yy += fromY * (y[row]! - meanY);
    xy += fromX * (y[row]! - meanY);
  }
  return { measure: "pearson" as const, value: Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy))), rows: count };
}

function cramer(a: Column, b: Column) {
  const [x, y] = [valuesOf(a), valuesOf(b)];
  const [width, height] = [a, b].map((column) => (column.type === "text" ? column.dictionary.length : 2)) as [
    number,
    number,
  ];
  const [cells, right, down] = [new Float64Array(width * height), new Float64Array(width), new Float64Array(height)];
  let count = 0;
  for (let row = 0; row < x.length; row++) {
    if (isMissing(a, row) || isMissing(b, row)) continue;
    count++;
    cells[x[row]! * height + y[row]!]!++;
    right[x[row]!]!++;
    down[y[row]!]!++;
  }
  let square = -1;
  for (let i = 0; i < width; i++)
    for (let j = 0; j < height; j++)
      if (right[i]! * down[j]! > 0) square += cells[i * height + j]! ** 2 / (right[i]! * down[j]!);
  const kinds = (counts: Float64Array) => counts.filter((each) => each > 0).length;
  return {
    measure: "cramer" as const,
    value: Math.sqrt(Math.max(0, square) / (Math.min(kinds(right), kinds(down)) - 1)),
    rows: count,
  };
}
