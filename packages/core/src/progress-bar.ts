import type { Progress } from "./long-work.ts";

export interface ProgressBarOptions {
  /** Where lines go, such as `(text) => process.stderr.write(text)`. */
  readonly write: (text: string) => void;
  /** Characters of the bar. */
  readonly width?: number;
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
}

/** Most often that a line is written again, in milliseconds. */
const interval = 100;

/** An `onProgress` that keeps one line of text for each stage: a bar, what is done, how long the rest will take, and the figures. */
export function progressBar({
  write,
  width = 24,
  now = () => performance.now(),
}: ProgressBarOptions): (progress: Progress) => void {
  let stage: string | undefined;
  let [started, written] = [0, Number.NEGATIVE_INFINITY];
  return (progress) => {
    const time = now();
    if (progress.stage !== stage) [stage, started, written] = [progress.stage, time, Number.NEGATIVE_INFINITY];
    const isLast = progress.done === progress.total;
    if (!isLast && time - written < interval) return;
    written = time;
    // What follows on the line is of a longer one before.
    write(`\r${line(progress, (time - started) / 1000, width)}\u001b[K${isLast ? "\n" : ""}`);
  };
}

function line({ stage, done, total, unit, metrics = {} }: Progress, seconds: number, width: number): string {
  const figures = Object.entries(metrics).map(([name, value]) => `, ${name} ${Number(value.toPrecision(4))}`);
  if (total === undefined) return `${stage} ${done} ${unit} in ${clock(seconds)}${figures.join("")}`;
  const filled = Math.round((width * done) / Math.max(1, total));
  const bar = `${"━".repeat(filled)}${"╌".repeat(width - filled)}`;
  // The first result may have taken much longer than all others: a rest is told from the second on.
  const rest =
    done === total ? `in ${clock(seconds)}` : done < 2 ? "" : `${clock((seconds / done) * (total - done))} left`;
  return `${stage} ${bar} ${done}/${total} ${unit}${rest && ` ${rest}`}${figures.join("")}`;
}

const clock = (seconds: number): string => {
  const [whole, pad] = [Math.round(seconds), (n: number) => String(n).padStart(2, "0")];
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(whole % 60)}` : `${minutes}:${pad(whole % 60)}`;
};
