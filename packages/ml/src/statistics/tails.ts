/** The chance of at most `successes` of `trials` fair coins. */
export function binomialTail(successes: number, trials: number): number {
  let sum = 0;
  let term = -trials * Math.LN2;
  for (let k = 0; k <= successes; k++) {
    sum += Math.exp(term);
    term += Math.log((trials - k) / (k + 1));
  }
  return Math.min(1, sum);
}

/** The chance that a standard normal variable is above z. */
export const normalTail = (z: number): number =>
  z < 0 ? 1 - normalTail(-z) : 0.5 * incompleteGammaTail(0.5, (z * z) / 2);

/** The chance that Student's t is above a positive number. */
export const studentTail = (t: number, degrees: number): number =>
  0.5 * incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5);

/** log Γ by Lanczos's series, to fifteen digits. */
export function logGamma(x: number): number {
  const series = lanczos.reduce((sum, coefficient, i) => sum + coefficient / (x + i + 1), 0.9999999999998099);
  const base = x + 7.5;
  return (x + 0.5) * Math.log(base) - base + Math.log((2.5066282746310007 * series) / x);
}

const lanczos = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
];

/** Q(a, x): the share of the gamma distribution above x. */
function incompleteGammaTail(a: number, x: number): number {
  if (x === 0) return 1;
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let [term, sum] = [1 / a, 1 / a];
    for (let n = 1; n < 500 && term > sum * 1e-16; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return 1 - front * sum;
  }
  // Lentz's continued fraction.
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  for (let i = 1; i < 500; i++) {
    const an = -i * (i - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return front * h;
}

/** I(x; a, b): the share of the beta distribution below x. */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x)) / a;
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1; m < 500; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return front * h;
}
