import type { Sound } from "./decode-wav.ts";

/** Zero crossings of the sinc on each side: more cut sharper. */
const crossings = 16;

/**
 * The same sound at another rate, by a windowed sinc that leaves out what the lower rate cannot hold.
 *
 * @see Smith 1984, https://ccrma.stanford.edu/~jos/resample/
 */
export function resample({ rate, samples }: Sound, to: number): Sound {
  if (rate === to) return { rate, samples };
  const step = rate / to;
  const cut = Math.min(1, to / rate);
  const reach = crossings / cut;
  const made = new Float32Array(Math.round(samples.length / step));
  for (let i = 0; i < made.length; i++) {
    const centre = i * step;
    const [first, last] = [Math.max(0, Math.ceil(centre - reach)), Math.min(samples.length - 1, centre + reach)];
    let sum = 0;
    for (let k = first; k <= last; k++) {
      const apart = k - centre;
      const window = 0.5 + 0.5 * Math.cos((Math.PI * apart) / reach);
      sum += samples[k]! * cut * sinc(cut * apart) * window;
    }
    made[i] = sum;
  }
  return { rate: to, samples: made };
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));
