import type { Progress } from "@athanor/core";
import type { StepEvent } from "@athanor/system";
import type { Terminal } from "./terminal.ts";

const marks = { done: "✓", fresh: "·", failed: "✗", blocked: "–" } as const;
const styles = { done: "green", fresh: "gray", failed: "red", blocked: "yellow" } as const;

/** Shows steps as they go: a line that stays for each that ended, one live line for the one that runs. */
export function progressView(terminal: Terminal): (event: StepEvent) => void {
  let started = 0;
  let stage = "";
  return ({ step, index, count, status, progress, result }) => {
    if (status === "running") {
      if (progress === undefined || progress.stage !== stage) started = Date.now();
      stage = progress?.stage ?? "";
      terminal.live(`[${index + 1}/${count}] ${step} ${progress ? bar(progress, Date.now() - started) : ""}`);
      return;
    }
    if (status === "fresh") return;
    const time = result ? ` ${(result.durationMs / 1000).toFixed(1)} s` : "";
    const why = status === "failed" || status === "blocked" ? `  ${result?.reason ?? ""}` : "";
    terminal.note(`${terminal.style(styles[status], marks[status])} ${step}${time}${why}`);
  };
}

/** `training ━━━━━━──── 60/100 steps, loss 0.31, 12 s left` */
export function bar({ stage, done, total, unit = "", metrics = {} }: Progress, elapsedMs: number): string {
  const figures = Object.entries(metrics).map(([name, value]) => `${name} ${value.toPrecision(4)}`);
  if (total === undefined || total === 0) return [stage, [`${done} ${unit}`.trim(), ...figures].join(", ")].join(" ");
  const filled = Math.min(20, Math.floor((20 * done) / total));
  const left = done > 0 && done < total ? [`${Math.ceil(((elapsedMs / done) * (total - done)) / 1000)} s left`] : [];
  return `${stage} ${"━".repeat(filled)}${"─".repeat(20 - filled)} ${[`${done}/${total} ${unit}`.trim(), ...figures, ...left].join(", ")}`;
}
