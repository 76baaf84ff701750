import type { Random } from "@athanor/core";

/** A distribution of positions from 0 to 1 around those that were seen. */
export interface Parzen {
  density(position: number): number;
  draw(random: Random): number;
}

/** Of a range: normal curves cut at the ends, and an even part that counts as one of them. */
export function parzenOf(seen: readonly number[]): Parzen {
  const sorted = [...seen].sort((a, b) => a - b);
  // As wide as the larger gap to the next on either side, within limits that narrow as more is seen.
  const least = 1 / Math.min(100, seen.length + 2);
  const curves = sorted.map((centre, i) => {
    const gap = Math.max(centre - (sorted[i - 1] ?? 0), (sorted[i + 1] ?? 1) - centre);
    const width = Math.min(0.5, Math.max(least, gap));
    const within = cumulative((1 - centre) / width) - cumulative(-centre / width);
    return { centre, width, height: 1 / (width * Math.sqrt(2 * Math.PI) * within) };
  });
  return {
    density(position) {
      let sum = 1;
      for (const { centre, width, height } of curves)
        sum += height * Math.exp(-0.5 * ((position - centre) / width) ** 2);
      return sum / (curves.length + 1);
    },
    draw(random) {
      const curve = curves[random.integer(curves.length + 1)];
      if (curve === undefined) return random.uniform();
      for (let attempt = 0; attempt < 100; attempt++) {
        const position = curve.centre + curve.width * random.normal();
        if (position >= 0 && position <= 1) return position;
      }
      return curve.centre;
    },
  };
}

/** Of choices: the share of each, none without a chance. */
export function sharesOf(seen: readonly number[], choices: number): Parzen {
  const indexOf = (position: number) => Math.min(choices - 1, Math.floor(position * choices));
  const counts = new Float64Array(choices).fill(1 / choices);
  for (const position of seen) counts[indexOf(position)]! += 1;
  return {
    density: (position) => counts[indexOf(position)]! / (seen.length + 1),
    draw(random) {
      const at = random.integer(seen.length + 1);
      const index = at < seen.length ? indexOf(seen[at]!) : random.integer(choices);
      return (index + 0.5) / choices;
    },
  };
}

/** The logistic approximation of the normal distribution function, good to 1.5e-4. */
const cumulative = (z: number) => 1 / (1 + Math.exp(-(1.5976 * z + 0.070565992 * z ** 3)));
