import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Sha256 } from "./sha256.ts";

describe("Sha256", () => {
  it("agrees with the system's, however the bytes are cut", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.string({ unit: "grapheme" }))), (pieces) => {
        const [own, system] = [new Sha256(), createHash("sha256")];
        for (const piece of pieces) {
          own.update(piece);
          system.update(piece);
        }
        expect(own.digest("hex")).toBe(system.digest("hex"));
      }),
    );
  });
});
