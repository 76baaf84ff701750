import type { Wording } from "../language.ts";
import type { Interval } from "./time-buckets.ts";

const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const weekdays = ["Sundays", "Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays"];

/** What people call the part of a season that a time lies in. */
export function phaseName(time: number, position: number, every: Interval, period: number): Wording {
  const date = new Date(time);
  if (every === "month" && period === 12)
    return { en: months[date.getUTCMonth()]!, zh: `${date.getUTCMonth() + 1} 月` };
  if (every === "day" && period === 7)
    return { en: weekdays[date.getUTCDay()]!, zh: `周${"日一二三四五六"[date.getUTCDay()]}` };
  if (every === "hour" && period === 24) return { en: `${date.getUTCHours()}:00`, zh: `${date.getUTCHours()} 点` };
  return {
    en: `step ${(position % period) + 1} of ${period}`,
    zh: `每 ${period} 步的第 ${(position % period) + 1} 步`,
  };
}
