import { join } from "node:path";
import { associationRules, csv, defineConfig, entities, recommend, regress, relation, sql } from "athanor";

const data = join(process.env.ATHANOR_DATA ?? join(import.meta.dirname, "../../../shared/data"), "movielens-100k");
const genres = [
  ...[
    "unknown",
    "Action",
    "Adventure",
    "Animation",
    "Children's",
    "Comedy",
    "Crime",
    "Documentary",
    "Drama",
    "Fantasy",
  ],
  ...["Film-Noir", "Horror", "Musical", "Mystery", "Romance", "Sci-Fi", "Thriller", "War", "Western"],
];
const ratings = { delimiter: "\t", header: false, columns: ["user", "film", "rating", "time"] };
const features = `u.age, u.gender, u.occupation, CAST(right(f.released, 4) AS INTEGER) AS year, ${genres.map((genre) => `f."${genre}"`).join(", ")}`;
const joined = (source: string) =>
  `SELECT r.rating, ${features} FROM ${source} r JOIN users u ON u.id = r.user JOIN films f ON f.id = r.film`;

export default defineConfig({
  name: "movielens",
  seed: 1,
  sources: {
    ratings: csv(join(data, "u.data"), ratings),
    users: csv(join(data, "u.user"), {
      delimiter: "|",
      header: false,
      columns: ["id", "age", "gender", "occupation", "zip"],
      key: "id",
    }),
    films: csv(join(data, "u.item"), {
      delimiter: "|",
      header: false,
      encoding: "latin1",
      columns: ["id", "title", "released", "video", "url", ...genres],
      key: "id",
    }),
    testRatings: csv(join(data, "u1.test.gz"), ratings),
    trainRatings: sql("SELECT r.* FROM ratings r ANTI JOIN testRatings t ON r.user = t.user AND r.film = t.film"),
    liked: sql("SELECT r.user, f.title FROM ratings r JOIN films f ON f.id = r.film WHERE r.rating >= 4"),
    trainTable: sql(joined("trainRatings")),
    testTable: sql(joined("testRatings")),
  },
  knowledge: {
    users: entities("User", {
      key: "id",
      properties: ["age", "gender"],
      links: { occupation: { relation: "WORKS_AS", type: "Occupation" } },
    }),
    films: entities("Film", {
      key: "id",
      name: "title",
      properties: ["released"],
      flags: { relation: "IN_GENRE", type: "Genre", columns: genres },
    }),
    ratings: relation("RATED", {
      from: { type: "User", column: "user" },
      to: { type: "Film", column: "film" },
      properties: ["rating"],
    }),
  },
  mine: {
    liked: associationRules({
      from: "liked",
      transaction: "user",
      item: "title",
      minSupport: 0.15,
      minConfidence: 0.7,
    }),
  },
  learn: {
    taste: recommend({ from: "trainRatings", test: "testRatings", user: "user", item: "film", rating: "rating" }),
    table: regress({ from: "trainTable", test: "testTable", target: "rating", models: ["boosting"] }),
  },
});
