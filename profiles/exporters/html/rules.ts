import { basename } from '../../../inference/names.js';
import { accessNames, type FsAccess } from '../../../landlock/access-set.js';
import type { Seen, Survey, SurveyedRule } from '../survey.js';
import { counted, escapeHtml } from './escape.js';
import { extentOf } from './extent.js';
import { powersOf } from './powers.js';

/** The table of the rules on paths, with what was seen and what lies open besides. */
export function rulesTable({ rules, traced }: Survey): string {
  if (rules.length === 0) return '<p>No rule grants anything on files.</p>\n';
  const head = [
    'Path, and all beneath',
    'Granted',
    'Why',
    traced ? 'Used, and open besides' : 'Covers',
  ];
  return `<table class="rules">
<thead><tr>${head.map((title) => `<th scope="col">${escapeHtml(title)}</th>`).join('')}</tr></thead>
<tbody>
${rules.map((rule) => row(rule, traced)).join('')}</tbody>
</table>
`;
}

/** What was seen and is not granted: nothing, where the profile is of these traces. */
export function ungrantedList({ ungranted }: Survey): string {
  if (ungranted.length === 0) return '';
  return `<section class="alarm"><h2>Seen, and not granted</h2>
<p>The traces hold what this profile denies, wholly or in part.</p>
${seenList(ungranted)}</section>
`;
}

function row(surveyed: SurveyedRule, traced: boolean): string {
  const { rule, seen } = surveyed;
  const reasons = rule.rule.reasons.map((line) => `<p>${escapeHtml(line)}</p>`).join('');
  return `<tr class="${powersOf(rule.access).join(' ')}"><td class="path">${escapeHtml(rule.path)}</td><td>${chips(
    rule.access,
  )}</td><td class="why">${reasons}</td><td>${extent(surveyed, traced)}${seen.length > 0 ? details(seen) : ''}</td></tr>\n`;
}

function chips(access: FsAccess): string {
  return accessNames('fs', access)
    .map((name) => `<code class="right ${powerOfRight(name)}">${name}</code>`)
    .join(' ');
}

function powerOfRight(name: string): string {
  if (/^(?:make_|remove_|refer)/.test(name)) return 'change';
  if (/^(?:write_file|truncate)$/.test(name)) return 'write';
  if (name === 'execute') return 'execute';
  return /^read_/.test(name) ? 'read' : 'control';
}

function extent(surveyed: SurveyedRule, traced: boolean): string {
  const { covered, used, exact } = extentOf(surveyed);
  const all = `${exact ? '' : 'at least '}${counted(covered, 'object', 'objects')}`;
  if (!traced) return `<p>${all}</p>`;
  const open = covered - used;
  const besides = open > 0 ? `, <b class="open">${open.toLocaleString('en')} open besides</b>` : '';
  const meter = exact ? `<meter max="${covered}" value="${used}"></meter>` : '';
  return `${meter}<p>${used.toLocaleString('en')} used of ${all}${besides}</p>`;
}

function details(seen: readonly Seen[]): string {
  return `<details><summary>${counted(seen.length, 'path', 'paths')}</summary>${seenList(seen)}</details>`;
}

/** A browser is not to choke on a large trace; the trace itself has all. */
const mostSeen = 400;

function seenList(seen: readonly Seen[]): string {
  const more = seen.length - mostSeen;
  const items = seen
    .slice(0, mostSeen)
    .map(
      ({ path, access, callers }) =>
        `<li><span class="path">${escapeHtml(path)}</span> <small>${accessNames('fs', access).join(', ')}, by ${[
          ...callers,
        ]
          .map(
            ([executable, calls]) =>
              `${escapeHtml(basename(executable))} (${[...calls].sort().map(escapeHtml).join(', ')})`,
          )
          .join('; ')}</small></li>`,
    );
  return `<ul class="seen">${items.join('')}${more > 0 ? `<li>and ${more.toLocaleString('en')} more</li>` : ''}</ul>`;
}
