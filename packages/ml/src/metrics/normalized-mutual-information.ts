import { confusionMatrix } from "./confusion-matrix.ts";

/** Information that two clusterings share over the mean of what each holds: 1 where they are equal up to names. */
export function normalizedMutualInformation(first: readonly string[], second: readonly string[]): number {
  const { labels, counts } = confusionMatrix(first, second);
  const surprise = (count: number) => (count === 0 ? 0 : -(count / first.length) * Math.log(count / first.length));
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  const inFirst = sum(counts.map((row) => surprise(sum(row))));
  const inSecond = sum(labels.map((_, k) => surprise(sum(counts.map((row) => row[k]!)))));
  const inBoth = sum(counts.flat().map(surprise));
  const shared = inFirst + inSecond - inBoth;
  return inFirst + inSecond === 0 ? 1 : shared / ((inFirst + inSecond) / 2);
}
