import {
  associationRules,
  classify,
  classifyImages,
  csv,
  defineConfig,
  documents,
  entities,
  extract,
  images,
  recommend,
  relation,
  resolve,
  segments,
  sql,
} from "athanor";

export default defineConfig({
  name: "bookshop",
  seed: 7,
  sources: {
    books: csv("data/books.csv", { key: "id" }),
    customers: csv("data/customers.csv", { key: "id" }),
    orders: csv("data/orders.csv", { key: "line" }),
    ratings: csv("data/ratings.csv", { key: ["user", "book"] }),
    reviews: documents("data/reviews/*.{md,html}"),
    covers: images("data/covers", { label: "folder", size: 32 }),
    baskets: sql("SELECT o.order, b.title FROM orders o JOIN books b ON b.id = o.book ORDER BY o.line"),
  },
  knowledge: {
    books: entities("Book", {
      key: "id",
      name: "title",
      properties: ["price", "published", "pages", "language"],
      links: { author: { relation: "WRITTEN_BY", type: "Author" }, genre: { relation: "HAS_GENRE", type: "Genre" } },
    }),
    customers: [
      entities("Customer", { key: "id", name: "name", links: { city: { relation: "LIVES_IN", type: "City" } } }),
      resolve("Customer", { key: "id", fields: { name: "name", email: "email", city: "exact" } }),
    ],
    orders: relation("BOUGHT", {
      from: { type: "Customer", column: "customer" },
      to: { type: "Book", column: "book" },
      properties: ["date"],
    }),
    ratings: relation("RATED", {
      from: { type: "Customer", column: "user" },
      to: { type: "Book", column: "book" },
      properties: ["rating"],
    }),
    reviews: extract({ types: ["Book", "Author"] }),
  },
  mine: {
    baskets: associationRules({
      from: "baskets",
      transaction: "order",
      item: "title",
      minSupport: 0.008,
      minConfidence: 0.4,
      minLift: 2,
    }),
    kinds: segments({ from: "customers", key: "id", features: ["visits_per_month", "basket_value", "discount_share"] }),
  },
  learn: {
    churn: classify({ from: "customers", target: "churned", exclude: ["id", "name", "email"] }),
    covers: classifyImages({ from: "covers" }),
    taste: recommend({ from: "ratings", user: "user", item: "book", rating: "rating" }),
  },
});
