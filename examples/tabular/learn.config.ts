import { join } from "node:path";
import { classify, csv, defineConfig, regress } from "athanor";

const data = join(process.env.ATHANOR_DATA ?? join(import.meta.dirname, "../../../shared/data"), "tabular");
const table = (file: string, options = {}) => csv(join(data, file), options);

/** The same search for every set: how many candidates, how many of the best vote together, and for how long it begins new ones. */
const search = { candidates: 30, ensemble: 6, folds: 4, maxSeconds: 300 };
const classes = { ...search, models: ["boosting", "forest", "extraTrees", "logistic", "neighbors", "svm"] };

export default defineConfig({
  name: "tabular",
  seed: 1,
  sources: {
    adultRows: table("adult_train.csv.gz"),
    bankRows: table("bank_marketing_train.csv.gz", { delimiter: ";" }),
    californiaRows: table("california_housing_train.csv.gz"),
    creditRows: table("german_credit.csv"),
    letterRows: table("letter_recognition_train.csv.gz"),
    mammographyRows: table("mammography.csv.gz"),
    telecomRows: table("telecom_churn_train.csv"),
  },
  learn: {
    adult: classify({ ...classes, from: "adultRows", target: "income", metric: "accuracy" }),
    bank: classify({ ...classes, from: "bankRows", target: "y", metric: "auc" }),
    california: regress({
      ...search,
      from: "californiaRows",
      target: "median_house_value",
      models: ["boosting", "forest", "extraTrees", "ridge", "neighbors"],
    }),
    californiaNetwork: regress({ from: "californiaRows", target: "median_house_value", network: "mlp", ensemble: 4 }),
    credit: classify({ ...classes, from: "creditRows", target: "risk", costs: ["2 as 1: 5", "1 as 2: 1"] }),
    letter: classify({ ...classes, from: "letterRows", target: "letter", metric: "accuracy" }),
    mammography: classify({ ...classes, from: "mammographyRows", target: "class", metric: "auc" }),
    telecom: classify({ ...classes, from: "telecomRows", target: "churn", metric: "f1" }),
  },
});
