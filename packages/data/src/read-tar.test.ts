import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readTar } from "./read-tar.ts";

const long = "n".repeat(120);

it.each(["gnu", "ustar", "posix"])("reads what tar writes in the format %s", async (format) => {
  const folder = await mkdtemp(join(tmpdir(), "athanor-tar-"));
  await mkdir(join(folder, "good"));
  await writeFile(join(folder, "good/1.txt"), "a fine film");
  await writeFile(join(folder, "good/2.txt"), "x".repeat(1500));
  if (format !== "ustar") await writeFile(join(folder, `good/${long}`), "长");
  execFileSync("tar", [`--format=${format}`, "--sort=name", "-cf", join(folder, "a.tar"), "-C", folder, "good"]);
  const files = [...readTar(await readFile(join(folder, "a.tar")))];
  const texts = files.map(({ path, bytes }) => [path, new TextDecoder().decode(bytes)]);
  expect(texts).toEqual([
    ["good/1.txt", "a fine film"],
    ["good/2.txt", "x".repeat(1500)],
    ...(format === "ustar" ? [] : [[`good/${long}`, "长"]]),
  ]);
});
