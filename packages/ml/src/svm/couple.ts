/** The runtime's operator stops here too, so that an exported model gives the same. */
const toleranceOverClasses = 0.005;
const maxIterations = 100;
/** Probabilities of pairs are kept this far from 0 and 1. */
const margin = 1e-7;

/** Pairs of classes (0, 1), (0, 2), …, (1, 2), … */
export function classPairs(classes: number): readonly (readonly [number, number])[] {
  return Array.from({ length: classes }, (_, a) =>
    Array.from({ length: classes - 1 - a }, (_, i) => [a, a + 1 + i] as const),
  ).flat();
}

/**
 * Class probabilities from those of the first class of each pair: they minimise Σ (p(b | a or b) p(a) − p(a | a or b) p(b))².
 *
 * @see Wu, Lin and Weng 2004, "Probability estimates for multi-class classification by pairwise coupling", https://jmlr.org/papers/v5/wu04a.html
 */
export function coupled(pairwise: ArrayLike<number>, classes: number): Float64Array {
  if (classes === 2) return Float64Array.of(clamped(pairwise[0]!), 1 - clamped(pairwise[0]!));
  const r = new Float64Array(classes * classes);
  for (const [i, [a, b]] of classPairs(classes).entries()) {
    r[a * classes + b] = clamped(pairwise[i]!);
    r[b * classes + a] = 1 - r[a * classes + b]!;
  }
  const q = new Float64Array(classes * classes);
  for (let a = 0; a < classes; a++) {
    for (let b = 0; b < classes; b++) {
      if (a === b) continue;
      q[a * classes + a]! += r[b * classes + a]! ** 2;
      q[a * classes + b] = -r[b * classes + a]! * r[a * classes + b]!;
    }
  }
  const p = new Float64Array(classes).fill(1 / classes);
  const qp = new Float64Array(classes);
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    let pqp = 0;
    for (let a = 0; a < classes; a++) {
      qp[a] = 0;
      for (let b = 0; b < classes; b++) qp[a]! += q[a * classes + b]! * p[b]!;
      pqp += p[a]! * qp[a]!;
    }
    if (qp.every((value) => Math.abs(value - pqp) < toleranceOverClasses / classes)) break;
    for (let a = 0; a < classes; a++) {
      const step = (pqp - qp[a]!) / q[a * classes + a]!;
      p[a]! += step;
      pqp = (pqp + step * (step * q[a * classes + a]! + 2 * qp[a]!)) / (1 + step) ** 2;
      for (let b = 0; b < classes; b++) {
        qp[b] = (qp[b]! + step * q[a * classes + b]!) / (1 + step);
        p[b]! /= 1 + step;
      }
    }
  }
  return p;
}

const clamped = (value: number): number => Math.min(1 - margin, Math.max(margin, value));
