import { melSpectrogram, type SpectrogramOptions } from "../audio/mel-spectrogram.ts";
import { mfcc } from "../audio/mfcc.ts";
import { compose } from "../compose.ts";
import { stack } from "../layer-of.ts";
import { batchNorm, conv2d, dropout, globalAveragePool, linear, maxPool2d, relu } from "../layers/index.ts";
import type { Network } from "../network.ts";

/** What a network of sounds hears, and its sizes. */
export interface SoundConvNetOptions {
  readonly classes: number;
  /** Samples of a sound. */
  readonly samples: number;
  readonly spectrogram: SpectrogramOptions;
  /** Cosine coefficients that stand for the bands, all bands when 0. */
  readonly coefficients?: number;
  /** Maps of each stage; both sides are halved after each. */
  readonly widths?: readonly number[];
  readonly dropoutRate?: number;
}

/**
 * Classes of sounds by convolutions over their spectrogram, which is part of the network: `[batch, samples] → [batch, classes]`.
 * Each sound is heard about its own mean loudness.
 */
export const soundConvNet = ({
  classes,
  samples,
  spectrogram,
  coefficients = 0,
  widths = [24, 48, 96],
  dropoutRate = 0.3,
}: SoundConvNetOptions): Network =>
  compose({
    name: "soundConvNet",
    inputs: { x: { dtype: "float32", shape: [samples] } },
    build({ g, inputs, apply }) {
      const heard =
        coefficients > 0
          ? mfcc(g, inputs.x!, { ...spectrogram, coefficients })
          : melSpectrogram(g, inputs.x!, spectrogram);
      const apart = g.sub(heard, g.reduceMean(heard, [1, 2], true));
      const deviation = g.sqrt(g.add(g.reduceMean(g.mul(apart, apart), [1, 2], true), 1e-3));
      const [batch, bands, frames] = heard.shape;
      const picture = g.reshape(g.div(apart, deviation), [batch!, 1, bands!, frames!]);
      const convolution = (channels: number) => [
        conv2d({ channels, padding: 1, bias: false }),
        batchNorm({}),
        relu({}),
      ];
      const stages = widths.flatMap((channels) => [...convolution(channels), ...convolution(channels), maxPool2d({})]);
      const head = [globalAveragePool({}), dropout({ rate: dropoutRate }), linear({ outFeatures: classes })];
      return apply("head", stack(head), apply("maps", stack(stages), picture));
    },
  });
