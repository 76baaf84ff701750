import type { LongWork } from "@athanor/core";
import { arima, changePoints, decompose, mannKendall, seasonScore, shuffledTest, stepScore } from "@athanor/mining";
import type { Finding } from "./finding.ts";
import { phaseName } from "./phase-name.ts";
import { plainNumber } from "./plain-number.ts";
import { type Interval, type TimeSeries, timeLabel } from "./time-buckets.ts";

interface SeriesLook extends LongWork {
  readonly every: Interval;
  readonly period: number;
  readonly horizon: number;
  readonly seed: number;
  /** Shows the series. */
  readonly query: string;
  /** Series that are tested together. */
  readonly tests: number;
}

/** More steps than these are a trend in small pieces. */
const mostSteps = 3;
/** Values of the chance level's test below which a season is taken out. */
const level = 0.05;

/** What a series tells: its season, trend, steps and continuation. */
export async function seriesFindings(column: string, { times, values }: TimeSeries, look: SeriesLook) {
  const { every, period, horizon, seed, query, tests, signal } = look;
  const findings: Finding[] = [];
  const label = (position: number) => timeLabel(times[position]!, every);
  const together = (pValue: number) => Math.min(1, pValue * tests);
  let flat = values;
  let seasonOf = (_step: number) => 0;

  if (period > 1 && values.length >= 2 * period) {
    const { trend, season, strength } = await decompose(values, { period, seasonWindow: 13, signal });
    const detrended = values.map((value, i) => value - trend[i]!);
    const pValue = together(await shuffledTest(detrended, (each) => seasonScore(each, period), { seed, signal }));
    if (pValue <= level) {
      flat = values.map((value, i) => value - season[i]!);
      const last = values.length - period;
      seasonOf = (step) => season[last + (step % period)]!;
      const cycle = season.subarray(last);
      const [high, low] = [
        cycle.indexOf(cycle.reduce((a, b) => Math.max(a, b))),
        cycle.indexOf(cycle.reduce((a, b) => Math.min(a, b))),
      ];
      const name = (at: number) => phaseName(times[last + at]!, last + at, every, period);
      findings.push({
        sentence: {
          en: `${column} has a season: highest in ${name(high).en} (${plainNumber(cycle[high]!)} above the trend), lowest in ${name(low).en} (${plainNumber(-cycle[low]!)} below).`,
          zh: `${column} 有季节性：${name(high).zh}最高（高出趋势 ${plainNumber(cycle[high]!)}），${name(low).zh}最低（低 ${plainNumber(-cycle[low]!)}）。`,
        },
        about: [column, "season"],
        strength: strength.season,
        pValue,
        query,
      });
    }
  }

  const { tau, pValue } = mannKendall(flat);
  const edge = Math.max(1, Math.floor(flat.length / 8));
  const mean = (part: Float64Array) => part.reduce((a, b) => a + b, 0) / part.length;
  const [before, after] = [mean(flat.subarray(0, edge)), mean(flat.subarray(-edge))];
  findings.push({
    sentence: {
      en: `${column} ${tau > 0 ? "rises" : "falls"} from about ${plainNumber(before)} (${label(0)}) to ${plainNumber(after)} (${label(values.length - 1)}).`,
      zh: `${column} 从约 ${plainNumber(before)}（${label(0)}）${tau > 0 ? "升" : "降"}至 ${plainNumber(after)}（${label(values.length - 1)}）。`,
    },
    about: [column, "trend"],
    strength: Math.abs(tau),
    pValue: together(pValue),
    query,
  });

  const { changes, means } = await changePoints(flat, { minLength: Math.max(2, Math.min(period, 12)), signal });
  if (changes.length > 0 && changes.length <= mostSteps) {
    const chance = together(await shuffledTest(flat, stepScore, { seed, signal }));
    for (const [i, change] of changes.entries())
      findings.push({
        sentence: {
          en: `${column} steps from ${plainNumber(means[i]!)} to ${plainNumber(means[i + 1]!)} in ${label(change)}.`,
          zh: `${column} 在 ${label(change)} 从 ${plainNumber(means[i]!)} 变为 ${plainNumber(means[i + 1]!)}。`,
        },
        about: [column, "step", label(change)],
        strength: stepScore(flat),
        pValue: chance,
        query,
      });
  }

  const data = { changes: changes.map(label) };
  if (horizon === 0 || isStraight(flat)) return { findings, data };
  const { forecast, order } = await arima(flat, { horizon, maxAr: 2, maxMa: 2, signal });
  const expected = Array.from(forecast.means, (value, step) => value + seasonOf(step));
  const [next, doubt] = [plainNumber(expected[0]!), plainNumber(1.96 * forecast.deviations[0]!)];
  findings.push({
    sentence: {
      en: `${column} is expected to be ${next} next, give or take ${doubt} (19 times in 20).`,
      zh: `${column} 的下一个值预计为 ${next}，上下 ${doubt}（二十次中有十九次）。`,
    },
    about: [column, "forecast"],
    strength: 0,
    query,
  });
  return { findings, data: { ...data, order, forecast: { means: expected, deviations: [...forecast.deviations] } } };
}

/** True of a series without any chance in it, which no process describes. */
function isStraight(values: Float64Array): boolean {
  const step = values[1]! - values[0]!;
  const least = 1e-9 * values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return values.every((value, i) => Math.abs(value - values[0]! - i * step) <= least);
}
