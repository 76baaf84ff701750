import type { Points } from "../points.ts";
import type { Covariance, Gaussians } from "./gaussians.ts";

/** Keeps a component that lost all its points finite. */
const nothing = 10 * Number.EPSILON;

/** Weighted means and spreads of points by component, added up slice by slice: means first, spreads around them second. */
export class MomentSums {
  readonly #points: Points;
  readonly #full: boolean;
  readonly #sizes: Float64Array;
  #means: Float64Array;
  readonly #spreads: Float64Array;

  constructor(points: Points, components: number, covariance: Covariance) {
    const { features } = points;
    this.#points = points;
    this.#full = covariance === "full";
    this.#sizes = new Float64Array(components);
    this.#means = new Float64Array(components * features);
    this.#spreads = new Float64Array(components * features * (this.#full ? features : 1));
  }

  clear(): void {
    this.#sizes.fill(nothing);
    this.#means = new Float64Array(this.#means.length);
    this.#spreads.fill(0);
  }

  addMeans(weights: Float64Array, from: number, to: number): void {
    const { values, features } = this.#points;
    const components = this.#sizes.length;
    for (let row = from; row < to; row++)
      for (let component = 0; component < components; component++) {
        const weight = weights[row * components + component]!;
        this.#sizes[component]! += weight;
        for (let j = 0; j < features; j++)
          this.#means[component * features + j]! += weight * values[row * features + j]!;
      }
  }

  closeMeans(): void {
    const { features } = this.#points;
    for (let i = 0; i < this.#means.length; i++) this.#means[i]! /= this.#sizes[Math.floor(i / features)]!;
  }

  addSpreads(weights: Float64Array, from: number, to: number): void {
    const { values, features } = this.#points;
    const components = this.#sizes.length;
    const away = new Float64Array(features);
    for (let row = from; row < to; row++)
      for (let component = 0; component < components; component++) {
        const weight = weights[row * components + component]!;
        if (weight === 0) continue;
        for (let j = 0; j < features; j++)
          away[j] = values[row * features + j]! - this.#means[component * features + j]!;
        this.#addSpread(weight, away, component);
      }
  }

  #addSpread(weight: number, away: Float64Array, component: number): void {
    const features = away.length;
    if (!this.#full) {
      for (let i = 0; i < features; i++) this.#spreads[component * features + i]! += weight * away[i]! ** 2;
      return;
    }
    for (let i = 0, at = component * features * features; i < features; i++, at += features)
      for (let j = 0, scaled = weight * away[i]!; j <= i; j++) this.#spreads[at + j]! += scaled * away[j]!;
  }

  /** The components that fit the sums best. */
  gaussians(regularisation: number): Gaussians {
    const { features } = this.#points;
    const total = this.#sizes.reduce((a, b) => a + b);
    const covariances = new Float64Array(this.#spreads.length);
    for (const [component, size] of this.#sizes.entries())
      for (let i = 0; i < features; i++) {
        if (!this.#full) {
          const at = component * features + i;
          covariances[at] = this.#spreads[at]! / size + regularisation;
          continue;
        }
        const from = component * features * features;
        for (let j = 0; j <= i; j++)
          covariances[from + i * features + j] = covariances[from + j * features + i] =
            this.#spreads[from + i * features + j]! / size + (i === j ? regularisation : 0);
      }
    return { weights: this.#sizes.map((size) => size / total), means: this.#means, covariances };
  }
}
