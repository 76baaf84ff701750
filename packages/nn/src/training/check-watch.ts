import { AthanorError } from "@athanor/core";
import type { Watch } from "./standing.ts";

/** @throws `nn/watch` when what is watched is not among what validation gives */
export function checkWatch(scores: Readonly<Record<string, number>>, { metric }: Watch): void {
  if (metric in scores) return;
  throw new AthanorError("nn/watch", `fit: expected to watch one of ${Object.keys(scores).join(", ")}, got ${metric}`, {
    fix: "Name a metric of `metrics`, or `loss`.",
    details: { metric, known: Object.keys(scores) },
  });
}
