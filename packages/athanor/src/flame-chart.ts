import type { Profile, ProfileSpan } from "@athanor/runtime";

const [width, rowHeight, margin, legendWidth] = [1200, 22, 16, 230];
const colours = [
  "#3b6fb6",
  "#d9822b",
  "#4d9a5b",
  "#b8443c",
  "#7b5fa7",
  "#8a6d4f",
  "#c06aa0",
  "#6f7b87",
  "#a39b2e",
  "#2f9aa8",
];

/**
 * One run of a model as a chart: nodes from left to right in time, those of subgraphs under the node that ran them.
 *
 * @param path an `.svg` gets the picture alone, any other name a page with it
 */
export function drawFlameChart(title: string, { spans, rows }: Pick<Profile, "spans" | "rows">, path: string): string {
  const end = Math.max(1e-9, ...spans.map((span) => span.startMilliseconds + span.milliseconds));
  const depth = Math.max(0, ...spans.map((span) => span.depth)) + 1;
  const shares = sharesOf(rows);
  const colour = new Map([...shares.keys()].map((op, i) => [op, colours[i % colours.length]!]));
  const x = (milliseconds: number) => margin + ((width - 2 * margin) * milliseconds) / end;
  const top = margin + 40;
  const axis = top + depth * rowHeight + 14;
  const columns = Math.floor((width - 2 * margin) / legendWidth);
  const bars = spans.map((span) => bar(span, x, top, colour.get(span.op)!));
  const ticks = Array.from({ length: 11 }, (_, i) => {
    const at = (end * i) / 10;
    return `<text x="${round(x(at))}" y="${axis}" text-anchor="${i === 0 ? "start" : i === 10 ? "end" : "middle"}" fill="#4a5560">${at.toPrecision(3)} ms</text>`;
  });
  const legend = [...shares].map(([op, share], i) => {
    const left = margin + (i % columns) * legendWidth;
    const y = axis + 24 + Math.floor(i / columns) * 20;
    return `<rect x="${left}" y="${y - 11}" width="12" height="12" fill="${colour.get(op)}"/><text x="${left + 18}" y="${y}" fill="#1d2630">${escaped(op)} ${(100 * share).toFixed(1)} %</text>`;
  });
  const height = axis + 40 + Math.ceil(shares.size / columns) * 20;
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="12">`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    `<text x="${margin}" y="${margin + 12}" font-size="16" fill="#1d2630">${escaped(title)}</text>`,
    ...bars,
    ...ticks,
    ...legend,
    "</svg>",
  ].join("\n");
  if (path.endsWith(".svg")) return `${svg}\n`;
  return `<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>${escaped(title)}</title>\n<body style="margin:0">\n${svg}\n</body>\n</html>\n`;
}

/** Share of the time by operator, the largest first. */
function sharesOf(rows: Profile["rows"]): ReadonlyMap<string, number> {
  const shares = new Map<string, number>();
  for (const { op, share } of rows) shares.set(op, (shares.get(op) ?? 0) + share);
  return new Map([...shares].sort((a, b) => b[1] - a[1]));
}

function bar(
  { node, op, startMilliseconds, milliseconds, depth }: ProfileSpan,
  x: (milliseconds: number) => number,
  top: number,
  fill: string,
): string {
  const [left, right] = [x(startMilliseconds), x(startMilliseconds + milliseconds)];
  const y = top + depth * rowHeight;
  const label = Math.floor((right - left - 6) / 7);
  const text =
    label < 3
      ? ""
      : `<text x="${round(left + 3)}" y="${y + 15}" fill="#ffffff">${escaped(node.length > label ? `${node.slice(0, label - 1)}…` : node)}</text>`;
  return `<g><title>${escaped(`${node} (${op}): ${milliseconds.toFixed(3)} ms`)}</title><rect x="${round(left)}" y="${y}" width="${round(Math.max(right - left, 0.4))}" height="${rowHeight - 2}" fill="${fill}" stroke="#ffffff" stroke-width="0.3"/>${text}</g>`;
}

const round = (value: number): string => value.toFixed(2);
const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => entities[character]!);
