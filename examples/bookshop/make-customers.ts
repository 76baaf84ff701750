import type { Random } from "@athanor/core";

type Customer = Readonly<Record<string, string | number | null>>;

const given = [
  "Ann",
  "Béla",
  "Carla",
  "David",
  "Eva",
  "Félix",
  "Gina",
  "Hans",
  "Ines",
  "Jonas",
  "Karin",
  "Léo",
  "Mira",
  "Nils",
  "Olga",
  "Paul",
  "Rosa",
  "Sven",
  "Tessa",
  "Uwe",
];
const family = [
  "Abel",
  "Bergman",
  "Conti",
  "Dvořák",
  "Engel",
  "Fischer",
  "Garcia",
  "Hansen",
  "Ivanov",
  "Jensen",
  "Keller",
  "Lopez",
  "Müller",
  "Nowak",
  "Orsini",
  "Petrov",
  "Quist",
  "Rossi",
  "Schmidt",
  "Tanaka",
  "Ueda",
  "Vogel",
  "Weber",
  "Young",
  "Zeman",
];
const cities = ["Lyon", "Oslo", "Leipzig", "Porto", "Kraków", "上海"];

/** Centres of the four segments: visits a month, basket, share bought at a discount. */
const centres = [
  [12, 22, 0.15],
  [3, 90, 0.1],
  [7, 35, 0.7],
  [1.2, 18, 0.4],
] as const;

/** Customers of four kinds; some twice with slips, some who left for reasons that can be learned. */
export function makeCustomers(random: Random) {
  const customers: Customer[] = [];
  const segments: Record<string, number> = {};
  const names = new Set<string>();
  const chances: { readonly chance: number; readonly left: boolean }[] = [];
  for (let id = 1; id <= 1500; id++) {
    const segment = random.integer(4);
    const [visits, basket, discount] = centres[segment]!;
    const near = (centre: number, spread: number) => Math.max(0, centre * (1 + spread * random.normal()));
    const surname =
      random.uniform() < 0.5 ? random.choice(family) : `${random.choice(family)}-${random.choice(family)}`;
    let name = "";
    while (name === "" || names.has(name))
      name = `${random.choice(given)} ${random.choice("ABCDEFGHJKLMNPRSTVW".split(""))}. ${surname}`;
    names.add(name);
    const tickets = random.integer(6);
    const days = Math.round(90 * random.uniform());
    const newsletter = random.uniform() < 0.5;
    const score =
      -2.6 + 0.045 * days + (tickets >= 3 ? 1.8 : 0) - (newsletter && days < 40 ? 1.2 : 0) + (segment === 3 ? 0.8 : 0);
    const chance = 1 / (1 + Math.exp(-1.6 * score));
    const left = random.uniform() < chance;
    chances.push({ chance, left });
    segments[id] = segment;
    const user = name
      .normalize("NFD")
      .replace(/[^A-Za-z ]/g, "")
      .toLowerCase()
      .replaceAll(" ", ".");
    customers.push({
      id,
      name,
      email: `${user}${id % 7 === 0 ? id : ""}@${random.choice(["mail", "post", "inbox"])}.example`,
      city: random.choice(cities),
      visits_per_month: Math.round(10 * near(visits, 0.12)) / 10,
      basket_value: Math.round(100 * near(basket, 0.12)) / 100,
      discount_share: Math.min(1, Math.round(1000 * near(discount, 0.12)) / 1000),
      days_since_last_order: random.uniform() < 0.03 ? null : days,
      newsletter: newsletter ? "true" : "false",
      support_tickets: tickets,
      churned: left ? "yes" : "no",
    });
  }
  const duplicates: [string, string][] = [];
  for (const row of random.permutation(1500).subarray(0, 40)) {
    const original = customers[row]!;
    const id = customers.length + 1;
    customers.push({ ...original, id, ...slip(random, String(original.name), String(original.email)) });
    segments[id] = segments[row + 1]!;
    duplicates.push([String(row + 1), String(id)]);
  }
  return { customers, segments, duplicates, churnAuc: areaUnder(chances) };
}

/** One of the ways in which people enter themselves twice. */
function slip(random: Random, name: string, email: string): { name: string; email: string } {
  const kind = random.integer(4);
  if (kind === 0) return { name: name.split(" ").reverse().join(" "), email };
  if (kind === 1) return { name: name.toUpperCase(), email: email.replace(".", "") };
  if (kind === 2) return { name: name.normalize("NFD").replace(/\p{M}/gu, ""), email: email.replace("@", "+shop@") };
  const at = 1 + random.integer(name.length - 2);
  return { name: name.slice(0, at) + name[at] + name.slice(at), email };
}

/** Share of pairs, one who left and one who stayed, that the true chances order rightly. */
function areaUnder(chances: readonly { readonly chance: number; readonly left: boolean }[]): number {
  const [gone, stayed] = [chances.filter(({ left }) => left), chances.filter(({ left }) => !left)];
  const right = gone.reduce(
    (sum, a) => sum + stayed.reduce((wins, b) => wins + (a.chance > b.chance ? 1 : a.chance === b.chance ? 0.5 : 0), 0),
    0,
  );
  return right / (gone.length * stayed.length);
}
