import { join } from "node:path";
import { csv, defineConfig, forecast, sql } from "athanor";

const data = process.env.ATHANOR_DATA ?? join(import.meta.dirname, "../../../shared/data");
const winds = ["NW", "NE", "SE", "cv"];

export default defineConfig({
  name: "beijing-air",
  seed: 1,
  sources: {
    hours: csv(join(data, "timeseries", "beijing_pm25.csv.gz")),
    air: sql(`SELECT "No" AS step, TRY_CAST("pm2.5" AS DOUBLE) AS pm25, ln(1 + TRY_CAST("pm2.5" AS DOUBLE)) AS log_pm25, DEWP AS dew, TEMP AS temperature,
      PRES AS pressure, ln(1 + Iws) AS wind, Ir AS rain,
      ${winds.map((wind) => `CASE WHEN cbwd = '${wind}' THEN 1 ELSE 0 END AS from_${wind}`).join(", ")},
      sin(hour * pi() / 12) AS day_sin, cos(hour * pi() / 12) AS day_cos,
      sin(month * pi() / 6) AS year_sin, cos(month * pi() / 6) AS year_cos FROM hours`),
  },
  learn: {
    air: forecast({
      from: "air",
      time: "step",
      targets: ["pm25"],
      features: [
        ...["log_pm25", "dew", "temperature", "pressure", "wind", "rain", ...winds.map((wind) => `from_${wind}`)],
        ...["day_sin", "day_cos", "year_sin", "year_cos"],
      ],
      window: 24,
      network: "lstm",
      width: 48,
      epochs: 8,
      batchSize: 128,
      learningRate: 0.002,
      metric: "rmse",
    }),
  },
});
