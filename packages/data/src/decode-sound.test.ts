import { describe, expect, it } from "vitest";
import { decodeSound } from "./decode-sound.ts";
import { decodeWav } from "./decode-wav.ts";
import { resample } from "./resample.ts";
import { wav } from "./testing/wav.ts";

const tone = (rate: number, hertz: number, length: number) =>
  Float32Array.from({ length }, (_, i) => 0.5 * Math.sin((2 * Math.PI * hertz * i) / rate));

describe("sounds", () => {
  it("are read from WAV files, channels as their mean", () => {
    const bytes = wav(8000, Float32Array.of(0.5, -0.5, 0.25, 0.75), 2);
    const { rate, samples } = decodeWav("test", bytes);
    expect(rate).toBe(8000);
    expect([...samples].map((each) => each.toFixed(3))).toEqual(["0.000", "0.500"]);
  });

  it("are refused where the bytes are something else, by name", () => {
    expect(() => decodeWav("clips: a.wav", Buffer.from("ID3 something else"))).toThrow(
      expect.objectContaining({ code: "data/broken-sound", message: expect.stringContaining("clips: a.wav") }),
    );
  });

  it("keep a tone at another rate, and lose one that the rate cannot hold", () => {
    const { samples } = resample({ rate: 16_000, samples: tone(16_000, 440, 3200) }, 8000);
    const expected = tone(8000, 440, 1600);
    for (let i = 200; i < 1400; i++) expect(Math.abs(samples[i]! - expected[i]!)).toBeLessThan(2e-3);
    const high = resample({ rate: 16_000, samples: tone(16_000, 6000, 3200) }, 8000).samples;
    for (let i = 200; i < 1400; i++) expect(Math.abs(high[i]!)).toBeLessThan(2e-3);
  });

  it("are cut or end in silence", () => {
    const bytes = wav(8000, Float32Array.of(0.5, 0.5, 0.5));
    expect(decodeSound("test", bytes, { rate: 8000, length: 2 })).toHaveLength(2);
    expect(decodeSound("test", bytes, { rate: 8000, length: 5 })[4]).toBe(0);
  });
});
