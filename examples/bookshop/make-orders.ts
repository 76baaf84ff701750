import type { Random } from "@athanor/core";
import type { Book } from "./make-books.ts";

const day = (random: Random): string =>
  new Date(Date.UTC(2024, 0, 1) + random.integer(600) * 86_400_000).toISOString().slice(0, 10);

/** Orders of a few books each, with rules hidden among them, and ratings from tastes that can be learned. */
export function makeOrders(random: Random, books: readonly Book[], customers: number) {
  const picks = random.permutation(books.length).subarray(0, 12);
  const book = (i: number) => books[picks[i]!]!;
  const hidden = [
    { left: [book(0)], right: book(1), confidence: 0.75 },
    { left: [book(2)], right: book(3), confidence: 0.6 },
    { left: [book(4)], right: book(5), confidence: 0.8 },
    { left: [book(6), book(7)], right: book(8), confidence: 0.85 },
    { left: [book(9)], right: book(10), confidence: 0.7 },
  ];
  const orders: Record<string, string | number>[] = [];
  let line = 0;
  for (let order = 1; order <= 6000; order++) {
    const basket = new Set<Book>();
    for (let i = 1 + random.integer(4); i > 0; i--)
      basket.add(books[Math.floor(books.length * random.uniform() ** 1.3)]!);
    if (random.uniform() < 0.22) for (const each of random.choice(hidden).left) basket.add(each);
    for (const { left, right, confidence } of hidden)
      if (left.every((each) => basket.has(each)) && random.uniform() < confidence) basket.add(right);
    const [customer, date] = [1 + random.integer(customers), day(random)];
    for (const { id, price } of basket)
      orders.push({
        line: ++line,
        order,
        customer,
        book: id,
        date,
        quantity: 1 + Number(random.uniform() < 0.1),
        price,
      });
  }

  const ratingNoise = 0.5;
  const tastes = (count: number) =>
    Array.from({ length: count }, () => [random.normal(), random.normal(), 0.5 * random.normal()] as const);
  const [people, works] = [tastes(customers), tastes(books.length)];
  const ratings: Record<string, string | number>[] = [];
  const rated = new Set<string>();
  while (ratings.length < 24_000) {
    const [user, item] = [random.integer(customers), random.integer(books.length)];
    if (rated.has(`${user}:${item}`)) continue;
    rated.add(`${user}:${item}`);
    const [a, b, mood] = people[user]!;
    const [c, d, charm] = works[item]!;
    const rating = 3.3 + 0.45 * (a * c + b * d) + mood + charm + ratingNoise * random.normal();
    ratings.push({
      user: user + 1,
      book: books[item]!.id,
      rating: Math.min(5, Math.max(1, Math.round(2 * rating) / 2)),
      date: day(random),
    });
  }
  const rules = hidden.map(({ left, right, confidence }) => ({
    left: left.map(({ title }) => title),
    right: right.title,
    confidence,
  }));
  return { orders, ratings, rules, ratingNoise };
}
