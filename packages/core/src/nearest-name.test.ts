import { expect, it } from "vitest";
import { nearestName } from "./nearest-name.ts";

it("suggests a name one slip away and nothing far off", () => {
  expect(nearestName("ratigns", ["books", "ratings"])).toBe("ratings");
  expect(nearestName("Books", ["books", "ratings"])).toBe("books");
  expect(nearestName("weather", ["books", "ratings"])).toBeUndefined();
});
