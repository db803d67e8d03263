import { accessNames } from '../../landlock/access-set.js';
import { type ResolvedProfile, resolveProfile } from '../resolve.js';
import { type Exporter, type ExportRequest, exportedText } from './exporter.js';

/** A report for people, in Markdown as GitHub and GitLab show it. */
export const markdown: Exporter = {
  format: 'markdown',
  summary: 'a report in Markdown',
  write: (request) => {
    const resolved = resolveProfile(request.profile, request.file);
    const parts = [
      introduction(request),
      restrictions(request),
      files(resolved),
      network(request),
      creations(resolved),
    ];
    return exportedText(parts.join(''), []);
  },
};

function introduction({ name, profile }: ExportRequest): string {
  const { learned } = profile;
  if (learned === undefined) return `# ${prose(name)}\n\nA Landlock profile, not learned.\n`;
  const commands = learned.commands.map((words) => `- ${code(words.join(' '))}\n`).join('');
  const notes = [...learned.findings, ...learned.gaps];
  return `# ${prose(name)}

A Landlock profile for ABI ${profile.abi}, learned by ${prose(learned.tool)} (${prose(learned.tracer)}) from:

${commands}${notes.length === 0 ? '' : `\n## Mind\n\n${notes.map((note) => `- ${prose(note)}\n`).join('')}`}`;
}

function restrictions({ profile }: ExportRequest): string {
  const lines = [
    ['Files', accessNames('fs', profile.handledFs)],
    ['Network', accessNames('net', profile.handledNet)],
    ['Scopes', accessNames('scope', profile.scoped)],
  ] as const;
  const rows = lines.map(
    ([what, rights]) => `| ${what} | ${rights.map(code).join(' ') || 'nothing'} |\n`,
  );
  return `\n## Restricted\n\nDenied unless a rule below grants it:\n\n| | |\n| --- | --- |\n${rows.join('')}`;
}

function files(resolved: ResolvedProfile): string {
  const rows = resolved.paths.map(
    ({ path, access, rule }) =>
      `| ${code(path)} | ${accessNames('fs', access).map(code).join(' ')} | ${rule.reasons.map(prose).join('<br>')} |\n`,
  );
  return `\n## Files\n\n${rows.length === 0 ? 'Nothing is granted.\n' : `| Path, and all beneath | Granted | Why |\n| --- | --- | --- |\n${rows.join('')}`}`;
}

function network({ profile }: ExportRequest): string {
  const rows = profile.ports.map(
    (rule) =>
      `| ${rule.ports.join(', ')} | ${accessNames('net', rule.access).map(code).join(' ')} | ${rule.reasons.map(prose).join('<br>')} |\n`,
  );
  return `\n## Ports\n\n${rows.length === 0 ? 'Nothing is granted.\n' : `| Port | Granted | Why |\n| --- | --- | --- |\n${rows.join('')}`}`;
}

function creations({ creations: all }: ResolvedProfile): string {
  if (all.length === 0) return '';
  const rows = all.map(
    ({ path, kind, mode }) =>
      `| ${code(path)} | ${kind} | ${code(mode.toString(8).padStart(4, '0'))} |\n`,
  );
  return `\n## Made first, where missing\n\n| Path | What | Mode |\n| --- | --- | --- |\n${rows.join('')}`;
}

/**
 * Every character that means something to Markdown or to HTML stands for itself, and nothing
 * becomes a link or a mention by itself.
 */
function prose(text: string): string {
  return visible(text)
    .replace(/[\\`*_{}[\]<>#|~&$@]|:(?=\S)/g, (character) =>
      /[<>&|]/.test(character) ? entity(character) : `\\${character}`,
    )
    .replace(/\b(www)\./gi, '$1\\.')
    .replace(/^[-+=]/, '\\$&');
}

/** A code span; as HTML where one cannot hold the text: no pipe in a table, no backtick. */
function code(text: string): string {
  const shown = visible(text);
  if (/^[\w/.,=:@%+-](?:[\w/.,=:@%+ -]*[\w/.,=:@%+-])?$/.test(shown)) return `\`${shown}\``;
  return `<code>${shown.replace(/[^A-Za-z0-9/ .,=-]/gu, entity)}</code>`;
}

function entity(character: string): string {
  return `&#${character.codePointAt(0)};`;
}

/** What cannot be seen, or acts on what is around it, stands as its number. */
function visible(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu,
    (character) =>
      `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`,
  );
}
