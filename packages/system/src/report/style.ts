/** The report's style sheet. */
export const style = `
:root { color-scheme: light; --ink: #14202c; --soft: #5b6772; --line: #dfe4ea; --back: #f6f7f9; --accent: #3b6fb6; }
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.55 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; color: var(--ink); background: var(--back); }
header, main { max-width: 1080px; margin: 0 auto; padding: 0 24px; }
header { padding-top: 40px; }
h1 { font-size: 30px; margin: 0; } h2 { font-size: 20px; margin: 40px 0 12px; } h3 { font-size: 16px; margin: 0 0 8px; }
p.lead, .soft { color: var(--soft); margin: 4px 0; }
section.card { background: #fff; border: 1px solid var(--line); border-radius: 10px; padding: 20px 24px; margin: 0 0 16px; overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 14px; } th, td { text-align: left; padding: 5px 10px 5px 0; border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 600; } td.number { text-align: right; font-variant-numeric: tabular-nums; } tr:last-child td { border-bottom: 0; }
.figures { display: flex; flex-wrap: wrap; gap: 24px; margin: 8px 0 16px; } .figure b { display: block; font-size: 24px; } .figure span { color: var(--soft); font-size: 13px; }
.charts { display: flex; flex-wrap: wrap; gap: 16px; align-items: flex-start; } svg { max-width: 100%; height: auto; }
.done { color: #2d7a3d; } .fresh { color: var(--soft); } .failed, .blocked { color: #b8443c; }
details > summary { cursor: pointer; color: var(--accent); margin: 8px 0; } ol, ul { padding-left: 22px; margin: 6px 0; }
`;
