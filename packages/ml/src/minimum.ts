/**
 * Where a function of one number is smallest, by parabolas and golden sections from a bracket that moves downhill first.
 *
 * @see Brent 1973, "Algorithms for minimization without derivatives"
 */
export function minimum(f: (x: number) => number, [from, to]: readonly [number, number], tolerance = 1e-8): number {
  let [low, high] = [from, to];
  // Widen while an end is lower than the middle.
  for (let i = 0; i < 30; i++) {
    const middle = (low + high) / 2;
    const [a, b, c] = [f(low), f(middle), f(high)];
    if (b <= a && b <= c) break;
    if (a < c) low -= high - low;
    else high += high - low;
  }
  let [x, w, v] = Array(3).fill(low + golden * (high - low)) as [number, number, number];
  let [fx, fw, fv] = Array(3).fill(f(x)) as [number, number, number];
  let [step, before] = [0, 0];
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2;
    const width = tolerance * Math.abs(x) + tolerance / 4;
    if (Math.abs(x - middle) <= 2 * width - (high - low) / 2) break;
    const r = (x - w) * (fx - fv);
    const q0 = (x - v) * (fx - fw);
    const sign = q0 > r ? -1 : 1;
    const p = sign * ((x - v) * q0 - (x - w) * r);
    const q = Math.abs(2 * (q0 - r));
    const isParabola =
      Math.abs(before) > width && Math.abs(p) < Math.abs(0.5 * q * before) && p > q * (low - x) && p < q * (high - x);
    if (isParabola) [before, step] = [step, p / q];
    else {
      before = x < middle ? high - x : low - x;
      step = golden * before;
    }
    const next = x + (Math.abs(step) >= width ? step : step > 0 ? width : -width);
    const fNext = f(next);
    if (fNext <= fx) {
      if (next < x) high = x;
      else low = x;
      [v, w, x, fv, fw, fx] = [w, x, next, fw, fx, fNext];
    } else {
      if (next < x) low = next;
      else high = next;
      if (fNext <= fw || w === x) [v, w, fv, fw] = [w, next, fw, fNext];
      else if (fNext <= fv || v === x || v === w) [v, fv] = [next, fNext];
    }
  }
  return x;
}

const golden = (3 - Math.sqrt(5)) / 2;
