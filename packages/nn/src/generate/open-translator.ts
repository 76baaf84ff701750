import { AthanorError, int64, type LongWork, Tensor, type TensorData } from "@athanor/core";
import { openSession } from "@athanor/runtime";
import type { FloatTensors } from "../initialize.ts";
import { type Seq2SeqOptions, seq2SeqParts } from "../models/seq2-seq.ts";
import { type BeamSearchOptions, beamSearch, type Hypothesis } from "./beam-search.ts";

/** A loaded `seq2Seq` network that makes texts from texts. */
export interface Translator extends AsyncDisposable {
  /**
   * The best texts for one, the best first.
   *
   * @throws `nn/prompt` for a text that is empty or longer than the network reads
   */
  translate(
    source: readonly number[],
    options: Omit<BeamSearchOptions, "maxTokens"> &
      Partial<Pick<BeamSearchOptions, "maxTokens">> &
      Pick<LongWork, "signal">,
  ): Promise<readonly Hypothesis[]>;
}

/**
 * Loads a trained `seq2Seq` network for translation by beam search.
 *
 * @throws `runtime/run` when the runtime cannot load it
 */
export async function openTranslator(options: Seq2SeqOptions, weights: FloatTensors): Promise<Translator> {
  const parts = seq2SeqParts(options, weights);
  const [encoder, decoder] = await Promise.all([openSession(parts.encoder), openSession(parts.decoder)]);
  const { tokens, vocabulary } = options.target;
  return {
    async translate(source, { signal, maxTokens = tokens - 1, ...search }) {
      if (source.length === 0 || source.length > options.source.tokens)
        throw badSource(source.length, options.source.tokens);
      const run = signal ? { signal } : {};
      const padded = [...source, ...Array<number>(options.source.tokens - source.length).fill(0)];
      const texts = { source: int64(padded).reshape([1, padded.length]), lengths: int64([source.length]) };
      const { memory } = await encoder.run(texts, run);
      return beamSearch(
        async (found) => {
          const target = found.flatMap((text) => [...text, ...Array<number>(tokens - text.length).fill(0)]);
          const count = found.length;
          const feeds = {
            memory: repeated(memory!, count),
            lengths: int64(Array<number>(count).fill(source.length)),
            target: int64(target).reshape([count, tokens]),
          };
          const { scores } = await decoder.run(feeds, run);
          return found.map((text, i) => {
            const from = (i * tokens + text.length - 1) * vocabulary;
            return logSoftmax((scores!.data as Float32Array).subarray(from, from + vocabulary));
          });
        },
        { ...search, maxTokens: Math.min(maxTokens, tokens - 1) },
      );
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([encoder[Symbol.asyncDispose](), decoder[Symbol.asyncDispose]()]);
    },
  };
}

function repeated({ dtype, data, shape }: Tensor, times: number): Tensor {
  const all = new Float32Array(times * data.length);
  for (let i = 0; i < times; i++) all.set(data as Float32Array, i * data.length);
  return new Tensor(dtype, all as TensorData, [times, ...shape.slice(1)]);
}

function logSoftmax(scores: Float32Array): Float64Array {
  const highest = scores.reduce((a, b) => Math.max(a, b));
  const total = highest + Math.log(scores.reduce((sum, score) => sum + Math.exp(score - highest), 0));
  return Float64Array.from(scores, (score) => score - total);
}

const badSource = (length: number, tokens: number): AthanorError =>
  new AthanorError("nn/prompt", `translate: expected from 1 to ${tokens} tokens, got ${length}`, {
    fix: "Give a shorter part of the text, or train a network that reads longer ones.",
    details: { length, tokens },
  });
