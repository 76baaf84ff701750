import { expect, it } from "vitest";
import { oneCycle } from "./one-cycle.ts";

/** torch.optim.lr_scheduler.OneCycleLR(max_lr=1, total_steps=10) */
const recorded = [
  0.040000000000000036, 0.52, 1.0, 0.9504846320134737, 0.8117456539497631, 0.6112620219362893, 0.38874197806371075,
  0.18825834605023697, 0.049519367986526286, 4e-6,
];

it("takes PyTorch's course", () => {
  const schedule = oneCycle();
  for (const [step, rate] of recorded.entries()) expect(schedule(step, 10)).toBeCloseTo(rate, 10);
});
