import { AthanorError } from "@athanor/core";

/** How long a value of a series is; `none` takes the rows as they are. */
export const intervals = ["none", "hour", "day", "week", "month", "quarter", "year"] as const;
export type Interval = (typeof intervals)[number];

/** Values in the season that each interval usually has; 1 for none. */
export const usualPeriods: Readonly<Record<Interval, number>> = {
  none: 1,
  hour: 24,
  day: 7,
  week: 52,
  month: 12,
  quarter: 4,
  year: 1,
};

/** A series with the time that each value starts at, in milliseconds, UTC. */
export interface TimeSeries {
  readonly times: Float64Array;
  readonly values: Float64Array;
}

const hour = 3_600_000;
/** 1970-01-01 was a Thursday; weeks start on Mondays. */
const monday = 4 * 24 * hour;
/** A series longer than this comes from a wrong time rather than from data. */
const mostBuckets = 1_000_000;

function bucketOf(time: number, every: Interval): number {
  const date = new Date(time);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  if (every === "year") return year;
  if (every === "quarter") return 4 * year + Math.floor(month / 3);
  if (every === "month") return 12 * year + month;
  if (every === "week") return Math.floor((time - monday) / (7 * 24 * hour));
  return Math.floor(time / (every === "day" ? 24 * hour : hour));
}

function startOf(bucket: number, every: Interval): number {
  if (every === "year") return Date.UTC(bucket, 0);
  if (every === "quarter") return Date.UTC(Math.floor(bucket / 4), 3 * (bucket % 4));
  if (every === "month") return Date.UTC(Math.floor(bucket / 12), bucket % 12);
  if (every === "week") return bucket * 7 * 24 * hour + monday;
  return bucket * (every === "day" ? 24 * hour : hour);
}

/**
 * Adds values up, or averages them, by interval; an interval without any is 0 as a sum, and the mean before as a mean. Rows
 * without a time or a value are left out.
 *
 * @throws `mining/times`
 */
export function timeBuckets(
  times: Float64Array,
  values: Float64Array,
  every: Interval,
  aggregate: "sum" | "mean",
): TimeSeries {
  const rows = Uint32Array.from(times.keys()).filter(
    (row) => Number.isFinite(times[row]!) && Number.isFinite(values[row]!),
  );
  if (every === "none") {
    const order = rows.sort((a, b) => times[a]! - times[b]! || a - b);
    return {
      times: Float64Array.from(order, (row) => times[row]!),
      values: Float64Array.from(order, (row) => values[row]!),
    };
  }
  const buckets = Float64Array.from(rows, (row) => bucketOf(times[row]!, every));
  const first = buckets.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const count = rows.length === 0 ? 0 : buckets.reduce((a, b) => Math.max(a, b)) - first + 1;
  if (count > mostBuckets) {
    throw new AthanorError(
      "mining/times",
      `timeBuckets: expected at most ${mostBuckets} intervals of a ${every}, got ${count}`,
      {
        fix: "Take out wrong times, or use a longer interval.",
        details: { every, count, first: new Date(startOf(first, every)).toISOString() },
      },
    );
  }
  const [sums, counts] = [new Float64Array(count), new Uint32Array(count)];
  for (const [i, row] of rows.entries()) {
    sums[buckets[i]! - first]! += values[row]!;
    counts[buckets[i]! - first]!++;
  }
  if (aggregate === "mean")
    for (let i = 0; i < count; i++) sums[i] = counts[i] === 0 ? sums[i - 1]! : sums[i]! / counts[i]!;
  return { times: Float64Array.from(sums, (_, i) => startOf(first + i, every)), values: sums };
}

/** A time as text, no longer than its interval needs. */
export function timeLabel(time: number, every: Interval): string {
  const text = new Date(time).toISOString();
  if (every === "year") return text.slice(0, 4);
  if (every === "month" || every === "quarter") return text.slice(0, 7);
  return every === "hour" ? text.slice(0, 16).replace("T", " ") : text.slice(0, 10);
}
