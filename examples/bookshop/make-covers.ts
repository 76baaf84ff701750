import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Random } from "@athanor/core";
import sharp from "sharp";

const side = 32;
const perGenre = 150;

/** What each genre draws: true where the motif covers a point, coordinates from -1 to 1 around a drawn centre. */
const motifs: readonly ((x: number, y: number, phase: number) => boolean)[] = [
  (x, y, phase) => Math.sin(9 * (x * Math.cos(phase) + y * Math.sin(phase))) > 0.2,
  (x, y) => Math.hypot(x, y) < 0.55 && Math.hypot(x - 0.25, y - 0.1) > 0.45,
  (x, y) => Math.abs(x) < 0.18 || Math.abs(y) < 0.18,
  (x, y) => y > 0.6 * Math.abs(x) - 0.3 && y < 0.9 * Math.abs(x) + 0.1,
];

/** Covers whose motif, not their colour, tells the genre. */
export async function makeCovers(folder: string, random: Random, genres: readonly string[]): Promise<void> {
  for (const [g, genre] of genres.entries()) {
    await mkdir(join(folder, genre), { recursive: true });
    for (let i = 0; i < perGenre; i++) {
      // Ink stands out from its paper by half the range in each colour, whatever the paper.
      const paper = [random.integer(256), random.integer(256), random.integer(256)];
      const ink = paper.map((value) => (value + 128) % 256);
      const [dx, dy, phase, scale] = [
        0.2 * random.normal(),
        0.2 * random.normal(),
        Math.PI * random.uniform(),
        0.9 + 0.3 * random.uniform(),
      ];
      const pixels = Buffer.alloc(side * side * 3);
      for (let at = 0; at < side * side; at++) {
        const x = ((at % side) / side - 0.5) * 2 * scale - dx;
        const y = (Math.floor(at / side) / side - 0.5) * 2 * scale - dy;
        const isInk = motifs[g]!(x, y, phase);
        for (let k = 0; k < 3; k++)
          pixels[at * 3 + k] = Math.min(255, Math.max(0, (isInk ? ink[k]! : paper[k]!) + 18 * random.normal()));
      }
      await sharp(pixels, { raw: { width: side, height: side, channels: 3 } })
        .png()
        .toFile(join(folder, genre, `${String(i).padStart(3, "0")}.png`));
    }
  }
}
