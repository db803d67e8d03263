/** The report's style: light and dark, and for paper; nothing is loaded from anywhere. */
export const style = `
:root { --ink: #1b1f24; --soft: #57606a; --paper: #fff; --line: #d0d7de; --pane: #f6f8fa; --alarm: #b42318;
  --read: #a9d3ee; --read-used: #2f7fb5; --execute: #bfc5f2; --execute-used: #4550b8; --write: #f5d58a; --write-used: #b97f00;
  --change: #f3b79a; --change-used: #c14a12; --control: #e3bcd4; --control-used: #a34a80; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9da7b3; --paper: #0d1117; --line: #30363d; --pane: #161b22; --alarm: #ff8a80;
  --read: #1d4a68; --read-used: #56b4e9; --execute: #2d3473; --execute-used: #8f9bff; --write: #5c450c; --write-used: #e6a817;
  --change: #63290f; --change-used: #f0763b; --control: #572a46; --control-used: #d982b5; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem; max-width: 80rem; color: var(--ink); background: var(--paper); font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; margin: 0 0 .3rem; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; margin: 2rem 0 .6rem; }
p { margin: .2rem 0; }
code, .path, svg text { font-family: ui-monospace, "DejaVu Sans Mono", monospace; }
.path { overflow-wrap: anywhere; }
.soft, small, figcaption { color: var(--soft); }
pre { margin: .4rem 0; padding: .5rem .7rem; background: var(--pane); border: 1px solid var(--line); border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere; }
.figures { display: flex; flex-wrap: wrap; gap: .6rem; margin: 1rem 0; padding: 0; list-style: none; }
.figures li { flex: 1 1 8rem; padding: .6rem .8rem; background: var(--pane); border: 1px solid var(--line); border-radius: 6px; }
.figures b { display: block; font-size: 1.4rem; line-height: 1.2; }
.alarm { border-left: 4px solid var(--alarm); padding-left: .8rem; }
.map { margin: 0; }
.map svg { display: block; width: 100%; height: auto; }
.tile rect { stroke: var(--paper); stroke-width: 1.5; }
.tile .used { stroke: none; }
.tile text { font-size: 10px; fill: var(--ink); pointer-events: none; paint-order: stroke; stroke: var(--paper); stroke-width: 2.5px; stroke-linejoin: round; }
.tile.read .whole, .key.read, .right.read { fill: var(--read); background: var(--read); } .tile.read .used { fill: var(--read-used); }
.tile.write .whole, .key.write, .right.write { fill: var(--write); background: var(--write); } .tile.write .used { fill: var(--write-used); }
.tile.execute .whole, .key.execute, .right.execute { fill: var(--execute); background: var(--execute); } .tile.execute .used { fill: var(--execute-used); }
.tile.change .whole, .key.change, .right.change { fill: var(--change); background: var(--change); } .tile.change .used { fill: var(--change-used); }
.tile.control .whole, .key.control, .right.control { fill: var(--control); background: var(--control); } .tile.control .used { fill: var(--control-used); }
.key { display: inline-block; width: .8em; height: .8em; margin: 0 .3em 0 .2em; border-radius: 2px; vertical-align: -.05em; }
.right { display: inline-block; padding: 0 .35em; border-radius: 4px; font-size: .8rem; }
.search { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: .8rem; align-items: center; padding: .6rem 0; background: var(--paper); }
.search input[type=search] { flex: 1 1 16rem; padding: .45rem .6rem; font: inherit; color: inherit; background: var(--pane); border: 1px solid var(--line); border-radius: 6px; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .45rem .6rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
th { background: var(--pane); font-size: .85rem; }
.rules td:nth-child(1) { width: 30%; } .rules td:nth-child(2) { width: 17%; } .rules td:nth-child(4) { width: 22%; }
.why p, details { font-size: .88rem; }
meter { width: 100%; height: .7rem; }
.open { color: var(--alarm); }
.seen { margin: .3rem 0; padding-left: 1.1rem; }
[hidden] { display: none; }
@media print {
  :root { --ink: #000; --soft: #333; --paper: #fff; --line: #999; --pane: #fff; --alarm: #000; }
  body { padding: 0; max-width: none; font-size: 9.5pt; }
  .search { display: none; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  h2 { break-after: avoid; }
  tr, figure, .figures li { break-inside: avoid; }
  thead { display: table-header-group; }
  @page { margin: 15mm; }
}
@media (max-width: 45rem) { .rules tbody tr td:nth-child(n) { width: auto; } .rules, .rules tbody, .rules tr, .rules td { display: block; border: 0; }
  .rules thead { display: none; } .rules tr { padding: .5rem 0; border-bottom: 1px solid var(--line); } }
`;
