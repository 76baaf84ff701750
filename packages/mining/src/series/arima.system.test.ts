import { describe, expect, it } from "vitest";
import { golden, worst } from "../testing/golden.ts";
import { type ArimaOrder, arima } from "./arima.ts";

interface ProcessRecord {
  readonly values: readonly number[];
  readonly arima: readonly {
    readonly order: ArimaOrder;
    readonly logLikelihood: number;
    readonly ar: readonly number[];
    readonly ma: readonly number[];
    readonly aicc: number;
    readonly levelMeans: readonly number[];
    readonly levelDeviations: readonly number[];
  }[];
}
const { records } = golden<{ readonly records: Readonly<Record<string, ProcessRecord>> }>("series");

/** Likelihoods are flat at their tops: equal ones to this much may have weights some thousandths apart. */
const equally = 1e-3;
const nearTop = 0.02;

describe("arima", () => {
  it.each(Object.entries(records))(
    "is as likely of %s as statsmodels', or likelier",
    async (_, { values, arima: processes }) => {
      for (const { order, logLikelihood, ...expected } of processes) {
        const found = await arima(Float64Array.from(values), { order, horizon: 8 });
        const title = JSON.stringify(order);
        expect(found.logLikelihood, title).toBeGreaterThan(logLikelihood - equally);
        if (found.logLikelihood > logLikelihood + equally) continue;
        expect(worst([found.aicc], [expected.aicc]), title).toBeLessThan(equally);
        expect(worst(found.ar, expected.ar), title).toBeLessThan(nearTop);
        expect(worst(found.ma, expected.ma), title).toBeLessThan(nearTop);
        let last = order.differences === 1 ? values.at(-1)! : 0;
        const means = expected.levelMeans.map((mean) => (order.differences === 1 ? (last += mean) : mean));
        expect(worst(found.forecast.means, means), title).toBeLessThan(nearTop);
        if (order.differences === 0)
          expect(worst(found.forecast.deviations, expected.levelDeviations)).toBeLessThan(nearTop);
      }
    },
  );

  it("prefers the order with the least criterion among all it tried", async () => {
    const { order, tried, aicc } = await arima(Float64Array.from(records.airline!.values), { maxAr: 2, maxMa: 2 });
    expect(order.differences).toBe(1);
    expect(tried).toHaveLength(18);
    // The best is fitted further, and only gets better.
    expect(aicc).toBeLessThanOrEqual(Math.min(...tried.map((each) => each.aicc)));
  });
});
