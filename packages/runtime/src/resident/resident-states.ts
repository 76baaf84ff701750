import { InferenceSession, type Tensor as OrtTensor } from "onnxruntime-node";
import type { PlainFeeds, ResidentBinding } from "../protocol.ts";
import { toOrt, toPlain } from "../runtime-tensor.ts";

/** States that stay on a device: what one step puts out is what the next takes. */
export class ResidentStates {
  readonly #session: InferenceSession;
  readonly #reader: InferenceSession;
  readonly #moved: Readonly<Record<string, string>>;
  #states: Record<string, OrtTensor>;

  private constructor(session: InferenceSession, reader: InferenceSession, { states, moved }: ResidentBinding) {
    this.#session = session;
    this.#reader = reader;
    this.#moved = moved;
    this.#states = mapValues(states, toOrt);
  }

  static async open(session: InferenceSession, binding: ResidentBinding): Promise<ResidentStates> {
    const reader = await InferenceSession.create(binding.reader, {
      executionProviders: ["webgpu"],
      logSeverityLevel: 3,
    });
    return new ResidentStates(session, reader, binding);
  }

  /** Runs one step, and returns what it puts out beside the states. */
  async step(feeds: PlainFeeds): Promise<PlainFeeds> {
    const results = (await this.#session.run({ ...mapValues(feeds, toOrt), ...this.#states })) as Record<
      string,
      OrtTensor
    >;
    const before = this.#states;
    this.#states = mapValues(this.#moved, (output) => results[output]!);
    release(before);
    const kept = new Set(Object.values(this.#moved));
    return Object.fromEntries(
      Object.entries(results)
        .filter(([name]) => !kept.has(name))
        .map(([name, tensor]) => [name, toPlain(tensor)]),
    );
  }

  /** Copies of the states in the process's memory. */
  async read(): Promise<PlainFeeds> {
    const results = (await this.#reader.run(this.#states)) as Record<string, OrtTensor>;
    return mapValues(this.#moved, (output) => toPlain(results[output]!));
  }

  write(states: PlainFeeds): void {
    release(this.#states);
    this.#states = mapValues(states, toOrt);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    release(this.#states);
    await this.#reader.release();
  }
}

function release(states: Readonly<Record<string, OrtTensor>>): void {
  for (const tensor of Object.values(states)) if (tensor.location === "gpu-buffer") tensor.dispose();
}

const mapValues = <A, B>(record: Readonly<Record<string, A>>, map: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
