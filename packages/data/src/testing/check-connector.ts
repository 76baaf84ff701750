import { mkdtemp, rm, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Reader } from "../define-connector.ts";

export interface ConnectorSample<Item> {
  readonly name: string;
  /** Writes content into a folder and returns the file it may touch. */
  write(folder: string, version: 1 | 2): Promise<string>;
  connect(folder: string): Reader<Item>;
  /** What reading version 1 gives, as plain data. */
  readonly expected: unknown;
  plain(items: readonly Item[]): unknown;
}

/** Checks a connector: what it reads, when its fingerprint changes, that it stops when told. */
export function checkConnector<Item>(sample: ConnectorSample<Item>): void {
  describe(`the ${sample.name} connector`, () => {
    let folder = "";
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "athanor-connector-"));
    });
    afterAll(() => rm(folder, { recursive: true, force: true }));
    const read = async (signal?: AbortSignal) => {
      const items: Item[] = [];
      for await (const item of sample.connect(folder).open({ signal })) items.push(item);
      return items;
    };

    it("reads what the files hold, and gives a fingerprint of the content alone", async () => {
      const file = await sample.write(folder, 1);
      expect(sample.plain(await read())).toEqual(sample.expected);
      const first = await sample.connect(folder).fingerprint();
      await utimes(file, new Date(0), new Date(0));
      expect(await sample.connect(folder).fingerprint()).toBe(first);
      await sample.write(folder, 2);
      expect(await sample.connect(folder).fingerprint()).not.toBe(first);
    });

    it("stops when the signal aborts", async () => {
      await sample.write(folder, 1);
      await expect(read(AbortSignal.abort())).rejects.toMatchObject({ name: "AbortError" });
    });

    it("names a file that is not there", async () => {
      const missing = sample.connect(join(folder, "nowhere"));
      await expect(missing.fingerprint()).rejects.toMatchObject({ code: "data/missing-file" });
    });
  });
}
