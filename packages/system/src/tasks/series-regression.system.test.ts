import { tableFromRows } from "@athanor/data";
import { checkTask } from "../testing/check-task.ts";
import { forecast } from "./series-regression.ts";

const waves = tableFromRows(
  Array.from({ length: 240 }, (_, i) => ({
    hour: 240 - i,
    tide: i === 50 ? null : 3 + 2 * Math.sin((240 - i) / 3),
    moon: Math.cos((240 - i) / 3),
  })),
);
const of = { from: "waves", targets: ["tide"], features: ["moon"], time: "hour", window: 24, batchSize: 16 } as const;

checkTask({
  declaration: forecast({ ...of, network: "lstm", width: 8, epochs: 12, learningRate: 0.02 }),
  tables: { waves },
  rows: [0, 1].map((phase) => ({
    tide: Array.from({ length: 24 }, (_, i) => 3 + 2 * Math.sin(phase + i / 3)),
    moon: Array.from({ length: 24 }, (_, i) => Math.cos(phase + i / 3)),
  })),
  reaches: { metric: "mse", atMost: 0.1 },
});
