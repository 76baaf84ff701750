import { expect, it } from "vitest";
import { parameterCount } from "../testing/parameter-count.ts";
import { smallResNet } from "./small-res-net.ts";

it("has a pair of convolutions a block, and a shortcut where maps change", () => {
  const network = smallResNet({ classes: 10, widths: [4, 8], blocks: [2, 1] });
  const norms = 2 * (4 * 4 + 4 + 8 + 8);
  const [stem, first, second] = [27 * 4, 4 * 9 * 16, 9 * 4 * 8 + 9 * 64 + 4 * 8];
  expect(parameterCount(network)).toBe(stem + first + second + norms + 10 * 8 + 10);
});
