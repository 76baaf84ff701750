import type { Random } from "@athanor/core";

export interface Book extends Record<string, string | number> {
  readonly id: number;
  readonly title: string;
  readonly author: string;
  readonly genre: string;
  readonly language: string;
  readonly price: number;
  readonly published: string;
  readonly pages: number;
}

const genres = ["crime", "fantasy", "history", "travel"];
const english = {
  first: [
    "Silent",
    "Glass",
    "Winter",
    "Crimson",
    "Hollow",
    "Northern",
    "Paper",
    "Salt",
    "Iron",
    "Distant",
    "Golden",
    "Broken",
  ],
  second: [
    "Harbour",
    "Orchard",
    "Lantern",
    "Mountain",
    "Letters",
    "Garden",
    "Compass",
    "Station",
    "Cathedral",
    "River",
    "Archive",
    "Meridian",
  ],
  given: ["Ann", "Peter", "Maria", "Tomas", "Zoë", "Ivo", "Clara", "Hugo"],
  family: ["Lindqvist", "Marlowe", "Okafor", "Brandt", "Castellan", "Dubois", "Hartwell", "Novak"],
};
const chinese = {
  first: ["山海", "孤城", "长夜", "春水", "旧梦", "云上", "江南", "秋声"],
  second: ["之间", "旅人", "来信", "书简", "月色", "往事", "灯火", "渡口"],
  authors: ["李青禾", "王子安", "陈雨桐", "周明远", "林若溪", "赵一鸣"],
};

/** Invented books, a quarter of them Chinese, every title once. */
export function makeBooks(random: Random): { books: readonly Book[]; genres: readonly string[] } {
  const pairs = (a: readonly string[], b: readonly string[], join: string) =>
    random.shuffle(a.flatMap((x) => b.map((y) => `${x}${join}${y}`)));
  const authors = random
    .shuffle(english.given.flatMap((given) => english.family.map((family) => `${given} ${family}`)))
    .slice(0, 30);
  const titles = [
    ...pairs(english.first, english.second, " ")
      .slice(0, 120)
      .map((title) => ({ title: `The ${title}`, language: "en" })),
    ...pairs(chinese.first, chinese.second, "")
      .slice(0, 40)
      .map((title) => ({ title, language: "zh" })),
  ];
  const books = random.shuffle(titles).map(({ title, language }, i) => ({
    id: i + 1,
    title,
    author: random.choice(language === "en" ? authors : chinese.authors),
    genre: random.choice(genres),
    language,
    price: Math.round((8 + 30 * random.uniform()) * 100) / 100,
    published: `${1995 + random.integer(30)}-${String(1 + random.integer(12)).padStart(2, "0")}-${String(1 + random.integer(28)).padStart(2, "0")}`,
    pages: 120 + random.integer(600),
  }));
  return { books, genres };
}
