import { AthanorError, int64, Random, Tensor, zeros } from "@athanor/core";
import { openSession } from "@athanor/runtime";
import type { FloatTensors } from "../initialize.ts";
import type { GptOptions } from "../models/gpt.ts";
import { cacheOf, gptStep } from "../models/gpt-step.ts";
import { type SamplingOptions, sampleToken } from "./sample-token.ts";

/** How a text is continued. */
export interface GenerateOptions extends SamplingOptions {
  /** How many tokens to add; no more than the model's length leaves room for. */
  readonly maxTokens?: number;
  /** A token that ends the text; it is not given. */
  readonly stop?: number;
  readonly seed: number;
  readonly signal?: AbortSignal;
}

/** A loaded language model that continues texts. */
export interface TextGenerator extends AsyncDisposable {
  /** Gives token after token, each as soon as it is chosen. */
  generate(prompt: readonly number[], options: GenerateOptions): AsyncGenerator<number, void>;
}

/**
 * Loads a `gpt` network for generation: the prompt is read at once, then each token costs one step over it alone.
 *
 * @throws `runtime/run` when the runtime cannot load it, `nn/prompt` for a prompt that is empty or fills the model's length
 */
export async function openTextGenerator(options: GptOptions, weights: FloatTensors): Promise<TextGenerator> {
  const session = await openSession(gptStep(options, weights));
  const caches = Array.from({ length: options.blocks }, (_, i) => cacheOf(i)).flat();

  async function* generate(
    prompt: readonly number[],
    { maxTokens = Number.POSITIVE_INFINITY, stop, seed, signal, ...sampling }: GenerateOptions,
  ): AsyncGenerator<number, void> {
    if (prompt.length === 0 || prompt.length >= options.tokens) throw badPrompt(prompt.length, options.tokens);
    const random = Random.from(seed);
    const empty = zeros("float32", [1, options.heads, 0, options.width / options.heads]);
    let memory: Readonly<Record<string, Tensor>> = Object.fromEntries(caches.map((name) => [name, empty]));
    let fresh = prompt;
    let past = 0;
    for (let count = 0; count < maxTokens && past + fresh.length <= options.tokens; count++) {
      const results = await session.run({ ...memory, ...stepInputs(fresh, past) }, signal ? { signal } : {});
      const token = sampleToken(results.scores!.data as Float32Array, random, sampling);
      if (token === stop) return;
      yield token;
      memory = Object.fromEntries(caches.map((name) => [name, results[`${name}'`]!]));
      past += fresh.length;
      fresh = [token];
    }
  }
  return { generate, [Symbol.asyncDispose]: () => session[Symbol.asyncDispose]() };
}

/** Each new token sees those before it and itself. */
function stepInputs(tokens: readonly number[], past: number): Record<string, Tensor> {
  const [steps, total] = [tokens.length, past + tokens.length];
  const visible = Uint8Array.from({ length: steps * total }, (_, i) =>
    Number(i % total <= past + Math.floor(i / total)),
  );
  return {
    tokens: int64(tokens).reshape([1, steps]),
    places: int64(Array.from({ length: steps }, (_, i) => past + i)),
    visible: new Tensor("bool", visible, [steps, total]),
  };
}

const badPrompt = (length: number, tokens: number): AthanorError =>
  new AthanorError("nn/prompt", `generate: expected from 1 to ${tokens - 1} tokens, got ${length}`, {
    fix: "Give the end of the prompt, or train a longer model.",
    details: { length, tokens },
  });
