import { createHash } from 'node:crypto';
import { accessNames } from '../../../landlock/access-set.js';
import type { ResolvedProfile } from '../../resolve.js';
import type { ExportRequest } from '../exporter.js';
import type { Survey } from '../survey.js';
import { counted, escapeHtml } from './escape.js';
import { extentOf } from './extent.js';
import { powers } from './powers.js';
import { rulesTable, ungrantedList } from './rules.js';
import { script } from './script.js';
import { style } from './style.js';
import { treemap } from './treemap.js';

/**
 * The whole report, in one file. A policy in its head forbids it to load anything, and to run any
 * script but its own: a name that had got through the escaping could still do nothing.
 */
export function page(request: ExportRequest, resolved: ResolvedProfile, survey: Survey): string {
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'; form-action 'none'; style-src ${hash(style)}; script-src ${hash(script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(request.name)}: what Landlock lets it do</title>
<style>${style}</style>
</head>
<body>
${introduction(request)}${figures(resolved, survey)}${notes(request)}${ungrantedList(survey)}<h2>Used against granted</h2>
${treemap(survey)}<h2>Files</h2>
${searchForm(survey)}${rulesTable(survey)}${ports(request)}${restrictions(resolved)}${creations(resolved)}<script>${script}</script>
</body>
</html>
`;
}

function introduction({ name, profile, command }: ExportRequest): string {
  const commands = profile.learned?.commands ?? (command.length > 0 ? [command] : []);
  const learned =
    profile.learned === undefined
      ? 'not learned'
      : `learned by ${profile.learned.tool} (${profile.learned.tracer})`;
  return `<h1>${escapeHtml(name)}</h1>
<p class="soft">A Landlock profile for ABI ${profile.abi}, ${escapeHtml(learned)}. Whatever it does not grant is denied.</p>
${commands.map((words) => `<pre>${escapeHtml(words.join(' '))}</pre>\n`).join('')}`;
}

function figures({ ruleset }: ResolvedProfile, { rules, traced }: Survey): string {
  const extents = rules.map(extentOf);
  const sum = (of: 'covered' | 'used') => extents.reduce((all, extent) => all + extent[of], 0);
  const figure = (value: number, what: string) =>
    `<li><b>${value.toLocaleString('en')}</b>${escapeHtml(what)}</li>`;
  return `<ul class="figures">${[
    figure(rules.length, 'rules on paths'),
    figure(sum('covered'), 'objects that they cover'),
    ...(traced
      ? [figure(sum('used'), 'of them used'), figure(sum('covered') - sum('used'), 'open besides')]
      : []),
    figure(ruleset.ports.length, 'ports'),
  ].join('')}</ul>
${traced ? '' : '<p class="soft">Made without a trace: what was used is told in words alone. With --trace FILE it is counted.</p>\n'}`;
}

function notes({ profile }: ExportRequest): string {
  const all = [...(profile.learned?.findings ?? []), ...(profile.learned?.gaps ?? [])];
  if (all.length === 0) return '';
  return `<section class="alarm"><h2>Mind</h2>
<ul>${all.map((note) => `<li>${escapeHtml(note)}</li>`).join('')}</ul></section>
`;
}

function searchForm({ rules }: Survey): string {
  const boxes = powers.map(
    ({ name, letter }) =>
      `<label><input type="checkbox" value="${name}"> <b>${letter}</b> ${name}</label>`,
  );
  return `<div class="search"><input type="search" aria-label="Search the rules" placeholder="Search ${counted(rules.length, 'rule', 'rules')}: paths, programs, calls">${boxes.join(' ')}<output></output></div>
`;
}

function ports({ profile }: ExportRequest): string {
  if (profile.ports.length === 0) return '<h2>Ports</h2>\n<p>No rule grants anything.</p>\n';
  const rows = profile.ports.map(
    ({ ports: numbers, access, reasons }) =>
      `<tr><td>${numbers.join(', ')}</td><td>${accessNames('net', access)
        .map((name) => `<code class="right control">${name}</code>`)
        .join(
          ' ',
        )}</td><td class="why">${reasons.map((line) => `<p>${escapeHtml(line)}</p>`).join('')}</td></tr>\n`,
  );
  return `<h2>Ports</h2>
<table><thead><tr><th scope="col">Port</th><th scope="col">Granted</th><th scope="col">Why</th></tr></thead>
<tbody>
${rows.join('')}</tbody></table>
`;
}

function restrictions({ ruleset }: ResolvedProfile): string {
  const lines = [
    ['Files', accessNames('fs', ruleset.handledFs)],
    ['Network', accessNames('net', ruleset.handledNet)],
    ['Scopes', accessNames('scope', ruleset.scoped)],
  ] as const;
  return `<h2>Restricted</h2>
<table><tbody>
${lines.map(([what, rights]) => `<tr><th scope="row">${what}</th><td>${rights.map((name) => `<code>${name}</code>`).join(' ') || 'not at all'}</td></tr>\n`).join('')}</tbody></table>
`;
}

function creations({ creations: all }: ResolvedProfile): string {
  if (all.length === 0) return '';
  const rows = all.map(
    ({ path, kind, mode }) =>
      `<tr><td class="path">${escapeHtml(path)}</td><td>${kind}</td><td><code>${mode.toString(8).padStart(4, '0')}</code></td></tr>\n`,
  );
  return `<h2>Made first, where missing</h2>
<table><tbody>
${rows.join('')}</tbody></table>
`;
}
