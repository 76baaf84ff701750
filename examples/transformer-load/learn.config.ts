import { join } from "node:path";
import { csv, defineConfig, forecast, sql } from "athanor";

const data = process.env.ATHANOR_DATA ?? join(import.meta.dirname, "../../../shared/data");

/** Twelve months to learn from, four to choose an epoch by, four to measure on, as the literature splits them. */
export default defineConfig({
  name: "transformer-load",
  seed: 1,
  sources: {
    hours: csv(join(data, "timeseries", "ETTh1.csv.gz")),
    load: sql('SELECT * FROM hours ORDER BY "date" LIMIT 14400'),
  },
  learn: {
    load: forecast({
      from: "load",
      time: "date",
      targets: ["HUFL", "HULL", "MUFL", "MULL", "LUFL", "LULL", "OT"],
      window: 336,
      horizon: 96,
      network: "dLinear",
      testShare: 0.2,
      validationShare: 0.25,
      epochs: 10,
      batchSize: 64,
      learningRate: 0.001,
      weightDecay: 0,
    }),
  },
});
