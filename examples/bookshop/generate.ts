import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Random } from "@athanor/core";
import { makeBooks } from "./make-books.ts";
import { makeCovers } from "./make-covers.ts";
import { makeCustomers } from "./make-customers.ts";
import { makeOrders } from "./make-orders.ts";
import { makeReviews } from "./make-reviews.ts";

/** What was hidden in the data; only tests and the demo's last check read it. */
export interface Planted {
  readonly rules: readonly { readonly left: readonly string[]; readonly right: string; readonly confidence: number }[];
  /** Segment by customer id. */
  readonly segments: Readonly<Record<string, number>>;
  readonly duplicates: readonly (readonly [string, string])[];
  /** Area under the curve that the true probabilities of leaving reach. */
  readonly churnAuc: number;
  readonly ratingNoise: number;
  /** Book titles by review file. */
  readonly mentions: Readonly<Record<string, readonly string[]>>;
  readonly genres: readonly string[];
}

export const csv = (rows: readonly Readonly<Record<string, string | number | null>>[]): string => {
  const names = Object.keys(rows[0]!);
  const cell = (value: string | number | null) =>
    value === null ? "" : /[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value);
  return `${[names.join(","), ...rows.map((row) => names.map((name) => cell(row[name]!)).join(","))].join("\n")}\n`;
};

/** Writes the bookshop's data into a folder; the same seed gives the same bytes. */
export async function generateBookshop(folder: string, seed = 11): Promise<Planted> {
  const random = Random.from(seed);
  await rm(folder, { recursive: true, force: true });
  for (const part of ["reviews", "covers"]) await mkdir(join(folder, part), { recursive: true });
  const { books, genres } = makeBooks(random.split("books"));
  const { customers, segments, duplicates, churnAuc } = makeCustomers(random.split("customers"));
  const { orders, ratings, rules, ratingNoise } = makeOrders(random.split("orders"), books, customers.length);
  const { files, mentions } = makeReviews(random.split("reviews"), books);
  await writeFile(join(folder, "books.csv"), csv(books));
  await writeFile(join(folder, "customers.csv"), csv(customers));
  await writeFile(join(folder, "orders.csv"), csv(orders));
  await writeFile(join(folder, "ratings.csv"), csv(ratings));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, "reviews", name), text);
  await makeCovers(join(folder, "covers"), random.split("covers"), genres);
  const planted: Planted = { rules, segments, duplicates, churnAuc, ratingNoise, mentions, genres };
  await writeFile(join(folder, "planted.json"), JSON.stringify(planted));
  return planted;
}
