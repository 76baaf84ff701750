/** Points joined by a line, left to right. */
export interface PlotLine {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  /** Drawn in dashes, as what the others are compared with. */
  readonly isReference?: boolean;
}

/** What a plot shows, and what its axes say. */
export interface LinePlot {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly lines: readonly PlotLine[];
}

const [width, height] = [480, 320];
const [left, right, top, bottom] = [56, 16, 32, 48];
/** Colours that differ in lightness as well, and are read on white and on black. */
const colours = ["#2f7ed8", "#d9730d", "#2e9e5b", "#b04ac2", "#c23b3b", "#6f7f8f"];

/** A line plot as the text of an SVG, in the colour of the text around it, so that it is read on light and dark pages; points that are not finite are left out. */
export function linePlot({ title, x, y, lines }: LinePlot): string {
  const drawn = lines.map((line) => ({
    ...line,
    points: line.points.filter((point) => point.every(Number.isFinite)),
  }));
  const across = axis(drawn.flatMap(({ points }) => points.map(([value]) => value)));
  const up = axis(drawn.flatMap(({ points }) => points.map(([, value]) => value)));
  const toX = (value: number) => place(value, across, left, width - right);
  const toY = (value: number) => place(value, up, height - bottom, top);
  const text = (at: string, anchor: string, words: string) =>
    `<text ${at} text-anchor="${anchor}">${escaped(words)}</text>`;
  const parts = [
    ...across.map((value) => text(`x="${toX(value)}" y="${height - bottom + 16}"`, "middle", shown(value))),
    ...up.map(
      (value) =>
        `<path d="M${left} ${toY(value)}H${width - right}" stroke="currentColor" stroke-opacity="0.15"/>${text(`x="${left - 6}" y="${toY(value) + 4}"`, "end", shown(value))}`,
    ),
    `<path d="M${left} ${top}V${height - bottom}H${width - right}" fill="none" stroke="currentColor"/>`,
    text(`x="${width / 2}" y="18" font-weight="bold"`, "middle", title),
    text(`x="${(left + width - right) / 2}" y="${height - 10}"`, "middle", x),
    text(`transform="translate(14 ${(top + height - bottom) / 2}) rotate(-90)"`, "middle", y),
    ...drawn.map(({ points, isReference = false }, i) => {
      const path = points.map(([a, b], j) => `${j === 0 ? "M" : "L"}${toX(a)} ${toY(b)}`).join("");
      return `<path d="${path}" fill="none" stroke="${colours[i % colours.length]}" stroke-width="2"${isReference ? ' stroke-dasharray="5 4"' : ""}/>`;
    }),
    ...drawn.map(
      ({ name }, i) =>
        `<circle cx="${width - right - 8}" cy="${top + 10 + 16 * i}" r="4" fill="${colours[i % colours.length]}"/>${text(`x="${width - right - 18}" y="${top + 14 + 16 * i}"`, "end", name)}`,
    ),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}" font-family="sans-serif" font-size="11" fill="currentColor">${parts.join("")}</svg>`;
}

/** Round numbers that reach from below the least value to above the largest. */
function axis(values: readonly number[]): readonly number[] {
  const [least, most] = values.reduce(([a, b], value) => [Math.min(a, value), Math.max(b, value)], [
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ] as readonly [number, number]);
  if (!(least < most)) return Number.isFinite(least) ? [least - 1, least, least + 1] : [0, 1];
  const rough = (most - least) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((each) => each * power >= rough) ?? 10);
  const first = Math.floor(least / step + 1e-9);
  const last = Math.ceil(most / step - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}

const place = (value: number, marks: readonly number[], from: number, to: number): number => {
  const share = (value - marks[0]!) / (marks.at(-1)! - marks[0]!);
  return Math.round(10 * (from + share * (to - from))) / 10;
};

const shown = (value: number): string => String(Number(value.toPrecision(6)));

const escaped = (words: string): string =>
  words.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]!);
