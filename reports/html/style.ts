/** The style of the page: light or dark like the reader's system, on screens from a phone's width up. */
export const style = `
:root {
  color-scheme: light dark;
  --page: #f7f7f5; --card: #ffffff; --line: #e4e4df; --text: #23252a; --muted: #6a6e76;
  --accent: #2f6fb2; --paper: #a3622a; --good: #2c7a4b; --bad: #b3362f; --warn: #96690f;
  --good-wash: #e8f3ec; --bad-wash: #faeae8; --warn-wash: #f8f0dc;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #16181c; --card: #1e2126; --line: #31353c; --text: #e4e6ea; --muted: #9aa0aa;
    --accent: #74aee8; --paper: #dca06b; --good: #6cc592; --bad: #ef8a82; --warn: #dcb45a;
    --good-wash: #1b2e24; --bad-wash: #362120; --warn-wash: #322a18;
  }
}
* { box-sizing: border-box; }
body { margin: 0; overflow-wrap: anywhere; background: var(--page); color: var(--text); font: 15px/1.55 system-ui, 'Segoe UI', Roboto, sans-serif; }
main, header, footer { max-width: 1120px; margin: 0 auto; padding: 0 24px; }
header { padding-top: 48px; padding-bottom: 8px; }
footer p { max-width: none; }
footer { padding-top: 24px; padding-bottom: 48px; color: var(--muted); font-size: 13px; }
h1 { font-size: 28px; line-height: 1.2; font-weight: 650; letter-spacing: -0.01em; margin: 0 0 4px; }
h2 { font-size: 20px; font-weight: 650; margin: 48px 0 12px; }
h3 { font-size: 15px; font-weight: 600; margin: 0; }
p { margin: 0 0 12px; max-width: 72ch; }
.muted { color: var(--muted); }
.good { color: var(--good); } .bad { color: var(--bad); } .warn { color: var(--warn); }
a { color: var(--accent); text-underline-offset: 3px; }
nav { display: flex; flex-wrap: wrap; gap: 4px 20px; margin-top: 12px; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 18px 20px; margin: 0 0 16px; min-width: 0; }
.card > header { all: unset; display: flex; flex-wrap: wrap; justify-content: space-between; align-items: baseline; gap: 0 12px; margin-bottom: 10px; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 480px), 1fr)); gap: 16px; }
.cards > .card { margin: 0; }
.banner { border-left: 4px solid var(--muted); color: var(--text); }
.banner > strong { font-weight: 600; }
.banner.good { border-left-color: var(--good); }
.banner.bad { border-left-color: var(--bad); }
.banner.warn { border-left-color: var(--warn); }
.verdict.good { background: var(--good-wash); } .verdict.bad { background: var(--bad-wash); } .verdict.warn { background: var(--warn-wash); }
.banner p { margin: 2px 0 0; }
.banner p, p.card { max-width: none; }
.scroll { overflow-x: auto; }
table { overflow-wrap: normal; border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: 14px; }
th, td { padding: 5px 8px; text-align: right; vertical-align: top; }
th { font-weight: 500; color: var(--muted); font-size: 12.5px; line-height: 1.3; vertical-align: bottom; }
th:first-child, td:first-child { text-align: left; padding-left: 0; }
th:last-child, td:last-child { padding-right: 0; }
thead tr:last-child > * { border-bottom: 1px solid var(--line); }
tfoot td { border-top: 1px solid var(--line); font-weight: 600; }
.text, th.text, td.text { text-align: left; }
.group { text-align: center; }
.group + .group, .edge { border-left: 1px solid var(--line); }
code, pre { font: 12.5px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
code { overflow-wrap: anywhere; }
.keep, .keep code { white-space: nowrap; overflow-wrap: normal; }
pre { background: var(--page); border: 1px solid var(--line); border-radius: 8px; padding: 10px 12px; margin: 8px 0; overflow: auto; max-height: 24em; white-space: pre-wrap; overflow-wrap: anywhere; }
pre.command { white-space: pre; }
details { margin: 8px 0; }
details.card { padding: 10px 20px; margin: 0 0 8px; }
summary { cursor: pointer; color: var(--muted); font-size: 13.5px; padding: 2px 0; }
summary:hover { color: var(--text); }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 4px 16px; margin: 12px 0; }
dt { color: var(--muted); } dd { margin: 0; overflow-wrap: anywhere; }
.tiles { display: flex; flex-wrap: wrap; gap: 8px 28px; margin: 0 0 16px; }
.tile b { display: block; font-size: 22px; font-weight: 600; line-height: 1.3; }
.tile span { color: var(--muted); font-size: 13px; }
.clause { width: 45%; } .case { margin: 0 0 3px; overflow-wrap: anywhere; }
.clauses tr + tr td { border-top: 1px solid var(--line); }
.matrix td:first-child, .matrix th:first-child { position: sticky; left: 0; background: var(--card); min-width: 180px; }
.matrix .sign { text-align: center; min-width: 26px; }
.matrix .sign a { text-decoration: none; font-weight: 700; }
.matrix tbody tr:hover td { background: var(--page); }
.result > summary h3 { display: inline; color: var(--text); }
.result > summary { padding: 10px 0; border-bottom: 1px solid var(--line); margin-bottom: 12px; }
.legend { margin-top: 8px; display: flex; flex-wrap: wrap; gap: 4px 18px; font-size: 13px; color: var(--muted); }
.dot { display: inline-block; width: 9px; height: 9px; border-radius: 50%; margin-right: 6px; }
.chart svg { display: block; width: 100%; height: auto; }
.chart .narrow { display: none; }
@media (max-width: 640px) {
  main, header, footer { padding-left: 14px; padding-right: 14px; }
  header { padding-top: 28px; }
  h1 { font-size: 23px; }
  h2 { margin-top: 36px; }
  .card { padding: 14px; }
  table { font-size: 12.5px; }
  th { font-size: 11px; }
  th, td { padding: 4px; }
  .cards > .card { padding: 14px 10px; }
  .cards table { font-size: 11px; }
  .cards th { font-size: 9.5px; }
  .cards th, .cards td { padding: 4px 1px; }
  .cards th:first-child, .cards td:first-child { padding-left: 0; }
  .cards th:last-child, .cards td:last-child { padding-right: 0; }
  .cards .edge { padding-left: 4px; }
  .clauses thead { display: none; }
  .clauses tr, .clauses td { display: block; width: auto; }
  .clauses td.text { padding-left: 0; }
  .clauses tr td.text { border-top: 0; }
  .tiles { gap: 8px 16px; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: 8px; }
  .chart .wide { display: none; }
  .chart .narrow { display: block; }
}
@media print { body { background: none; } pre.command { white-space: pre-wrap; } .card { break-inside: avoid; } }
`;
