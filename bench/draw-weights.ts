import { float32, Random, sizeOf, type Tensor } from "@athanor/core";

/** Draws weights from a bound of 1/√fanIn, as PyTorch's layers do by default, from our own generator. */
export class WeightSource {
  readonly #random: Random;
  readonly parameters: Record<string, Tensor<"float32">> = {};

  constructor(seed: number) {
    this.#random = Random.from(seed);
  }

  uniform(name: string, shape: readonly number[], fanIn: number): void {
    const bound = 1 / Math.sqrt(fanIn);
    const data = new Float32Array(sizeOf(shape));
    for (let i = 0; i < data.length; i++) data[i] = (2 * this.#random.uniform() - 1) * bound;
    this.parameters[name] = float32(data, shape);
  }

  normal(name: string, shape: readonly number[], deviation: number): void {
    const data = new Float32Array(sizeOf(shape));
    for (let i = 0; i < data.length; i++) data[i] = deviation * this.#random.normal();
    this.parameters[name] = float32(data, shape);
  }

  filled(name: string, shape: readonly number[], value: number): void {
    this.parameters[name] = float32(new Float32Array(sizeOf(shape)).fill(value), shape);
  }

  /** A weight `[inputs, outputs]` and a bias. */
  linear(name: string, inputs: number, outputs: number): void {
    this.uniform(`${name}.weight`, [inputs, outputs], inputs);
    this.uniform(`${name}.bias`, [outputs], inputs);
  }

  /** A weight `[outputs, inputs, size, size]`, and a bias when asked. */
  conv(name: string, inputs: number, outputs: number, size: number, hasBias = true): void {
    this.uniform(`${name}.weight`, [outputs, inputs, size, size], inputs * size * size);
    if (hasBias) this.uniform(`${name}.bias`, [outputs], inputs * size * size);
  }
}
