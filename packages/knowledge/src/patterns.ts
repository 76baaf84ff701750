/** A value that follows a form rather than a list of names. */
export interface PatternMatch {
  readonly type: "Date" | "Money" | "Email" | "Phone" | "Url" | "Percent";
  /** The normal form: dates as 2024-01-31, money as 12.50 EUR. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

interface Pattern {
  readonly type: PatternMatch["type"];
  readonly form: RegExp;
  /** The normal form from the match's groups; `undefined` when it is none after all. */
  normalise(groups: readonly string[]): string | undefined;
}

const months = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];
const monthNames = "January|February|March|April|May|June|July|August|September|October|November|December";
const currencies: Readonly<Record<string, string>> = {
  $: "USD",
  "€": "EUR",
  "£": "GBP",
  "¥": "CNY",
  "￥": "CNY",
  元: "CNY",
  块: "CNY",
  美元: "USD",
  欧元: "EUR",
  英镑: "GBP",
  USD: "USD",
  EUR: "EUR",
  GBP: "GBP",
  CNY: "CNY",
  RMB: "CNY",
};

function date(year: string, month: number, day: string): string | undefined {
  const value = `${year}-${String(month).padStart(2, "0")}-${day.padStart(2, "0")}`;
  const parsed = new Date(`${value}T00:00:00Z`);
  return Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== value ? undefined : value;
}
const money = (amount: string, sign: string): string =>
  `${Number(amount.replaceAll(",", "")).toFixed(2)} ${currencies[sign]}`;

const patterns: readonly Pattern[] = [
  { type: "Url", form: /https?:\/\/[^\s<>"'，。）)]+/g, normalise: ([all]) => all!.replace(/[.,;:!?]+$/, "") },
  { type: "Email", form: /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, normalise: ([all]) => all!.toLowerCase() },
  {
    type: "Date",
    form: /(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/g,
    normalise: ([, year, month, day]) => date(year!, Number(month), day!),
  },
  {
    type: "Date",
    form: /(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]/g,
    normalise: ([, year, month, day]) => date(year!, Number(month), day!),
  },
  {
    type: "Date",
    form: new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)? (${monthNames}),? (\\d{4})\\b`, "gi"),
    normalise: ([, day, month, year]) => date(year!, months.indexOf(month!.toLowerCase()) + 1, day!),
  },
  {
    type: "Date",
    form: new RegExp(`\\b(${monthNames}) (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})\\b`, "gi"),
    normalise: ([, month, day, year]) => date(year!, months.indexOf(month!.toLowerCase()) + 1, day!),
  },
  { type: "Money", form: /([$€£¥￥])\s?(\d[\d,]*(?:\.\d+)?)/g, normalise: ([, sign, amount]) => money(amount!, sign!) },
  {
    type: "Money",
    form: /(\d[\d,]*(?:\.\d+)?)\s?(美元|欧元|英镑|元|块|USD|EUR|GBP|CNY|RMB)/g,
    normalise: ([, amount, sign]) => money(amount!, sign!),
  },
  {
    type: "Percent",
    form: /(\d+(?:\.\d+)?)\s?[%％]|百分之(\d+)/g,
    normalise: ([, latin, chinese]) => `${Number(latin ?? chinese)} %`,
  },
  {
    type: "Phone",
    form: /(?<![\d.-])(?:\+\d{1,3}[ -]?)?(?:1[3-9]\d{9}|\(?\d{3}\)?[ -]\d{3,4}[ -]\d{4})(?![\d-])/g,
    normalise: ([all]) => all!.replace(/[^\d+]/g, ""),
  },
];

/** Finds dates, money, addresses and the like in English and Chinese text; of overlapping ones the earlier form in the list wins. */
export function findPatterns(text: string): readonly PatternMatch[] {
  const found: PatternMatch[] = [];
  for (const { type, form, normalise } of patterns) {
    for (const match of text.matchAll(form)) {
      const value = normalise(match);
      const [start, end] = [match.index, match.index + match[0].length];
      if (value !== undefined && found.every((other) => end <= other.start || start >= other.end))
        found.push({ type, value, start, end, text: match[0] });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}
