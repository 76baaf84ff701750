import type { Random } from "@athanor/core";
import type { Book } from "./make-books.ts";

const english = [
  (book: Book, other: Book) =>
    `I finished ${book.title} by ${book.author} in two evenings. It reminded me of ${other.title}, though the ending is kinder.`,
  (book: Book, other: Book) =>
    `After ${other.title} I expected little, but ${book.author} surprised me: ${book.title} is worth every page of its ${book.pages}.`,
  (book: Book) =>
    `Bought ${book.title} for $${book.price.toFixed(2)} at the station. ${book.author} writes plainly and well.`,
];
const chinese = [
  (book: Book, other: Book) => `${book.author}的《${book.title}》让我想起《${other.title}》，但结尾更温暖。`,
  (book: Book) => `花${book.price.toFixed(2)}元买了《${book.title}》，${book.author}的文字很耐读。`,
  (book: Book, other: Book) => `读完《${other.title}》再读${book.author}写的《${book.title}》，两本都值得推荐。`,
];

/** Reviews in two languages, Markdown and HTML; each names its book, its author and often another book. */
export function makeReviews(random: Random, books: readonly Book[]) {
  const files: Record<string, string> = {};
  const mentions: Record<string, readonly string[]> = {};
  for (let i = 1; i <= 120; i++) {
    const book = random.choice(books);
    const others = books.filter(({ language, id }) => language === book.language && id !== book.id);
    const other = random.choice(others);
    const text = random.choice(book.language === "en" ? english : chinese)(book, other);
    const year = 2023 + random.integer(3);
    const month = 1 + random.integer(12);
    const when =
      book.language === "en"
        ? `Read on ${year}-${String(month).padStart(2, "0")}-15.`
        : `${year}年${month}月15日读完。`;
    const isMarkdown = random.uniform() < 0.6;
    const knowsId = random.uniform() < 0.5;
    const name = `${String(i).padStart(3, "0")}.${isMarkdown ? "md" : "html"}`;
    files[name] = isMarkdown
      ? `${knowsId ? `---\nbook: ${book.id}\n---\n` : ""}# ${book.language === "en" ? "A review" : "书评"}\n\n${text}\n\n${when}\n`
      : `<!doctype html><html lang="${book.language}"><head><meta charset="utf-8"><title>${book.language === "en" ? "A review" : "书评"}</title>${knowsId ? `<meta name="book" content="${book.id}">` : ""}</head><body><p>${text}</p><p>${when}</p></body></html>\n`;
    mentions[name] = [book, other].map(({ title }) => title).filter((title) => text.includes(title));
  }
  return { files, mentions };
}
