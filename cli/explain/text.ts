import { formatAccess } from '../../landlock/access-set.js';
import type { FileType } from '../../landlock/operation.js';
import type { Population } from '../../profiles/count-beneath.js';
import type { LayerAnswer, PathGrant } from '../../profiles/explain.js';
import type { Place } from '../../profiles/place.js';
import type { PlacedPath, PlacedPort } from '../../profiles/placed.js';
import type { RuleSource } from '../../profiles/profile.js';
import { printable } from '../../tui/printable.js';
import type { Explanation, PathExplanation, PlacedAnswer, PortExplanation } from './explanation.js';

/** An explanation for people: rights with the same answer stand together. */
export function explanationText(explanation: Explanation): string {
  const lines = explanation.kind === 'path' ? pathLines(explanation) : portLines(explanation);
  return lines.map((line) => `${printable(line)}\n`).join('');
}

function pathLines(explanation: PathExplanation): readonly string[] {
  const { place, answers, populations } = explanation;
  const owner = explanation.package === undefined ? '' : ` of the package ${explanation.package}`;
  return [
    `${place.path}: ${whatIs(place)}${owner}`,
    ...place.links.map(({ link, target }) => `  ${link} leads to ${target}`),
    ...together(answers, (answer) => blockOf(answer, place, populations)),
  ];
}

function portLines({ port, answers }: PortExplanation): readonly string[] {
  return [
    `port ${port}${port === 0 ? ': any that is free, for bind' : ', of any address'}`,
    ...together(answers, ({ granted, layers }) => [
      granted ? 'granted' : deniedBy(layers, 'EACCES'),
      ...layers.flatMap(({ profile, handled, grants }) => [
        ...(handled ? [] : [`${profile} does not restrict it`]),
        ...grants.flatMap(portGrantLines),
      ]),
    ]),
  ];
}

/** Rights that are answered alike are told once, in the order of the first. */
function together<Answer extends { readonly right: string }>(
  answers: readonly Answer[],
  linesOf: (answer: Answer) => readonly string[],
): readonly string[] {
  const groups = new Map<string, { rights: string[]; lines: readonly string[] }>();
  for (const answer of answers) {
    const lines = linesOf(answer);
    const key = lines.join('\n');
    const group = groups.get(key) ?? { rights: [], lines };
    group.rights.push(answer.right);
    groups.set(key, group);
  }
  return [...groups.values()].flatMap(({ rights, lines: [verdict, ...reasons] }) => [
    `${rights.join(', ')}: ${verdict}`,
    ...reasons.map((reason) => `  ${reason}`),
  ]);
}

/** The verdict, then the reasons. */
function blockOf(
  answer: PlacedAnswer,
  place: Place,
  populations: PathExplanation['populations'],
): readonly string[] {
  const { right, granted, layers, at } = answer;
  const where = at === place ? '' : `, in ${at.path}`;
  return [
    `${granted ? 'granted' : deniedBy(layers, right === 'refer' ? 'EXDEV' : 'EACCES')}${where}`,
    ...layers.flatMap((layer) => layerLines(layer, layers.length > 1, populations)),
    ...(granted ? [] : missingLines(answer)),
  ];
}

/** The kernel's answer is that of the youngest layer that denies. */
function deniedBy(layers: readonly LayerAnswer<unknown>[], errno: string): string {
  const layer = layers.findLastIndex(({ granted }) => !granted);
  const which = layers.length > 1 ? ` (layer ${layer + 1})` : '';
  return `denied by ${layers[layer]?.profile}${which} with ${errno}`;
}

function layerLines(
  { profile, handled, grants }: LayerAnswer<PathGrant>,
  several: boolean,
  populations: PathExplanation['populations'],
): readonly string[] {
  if (!handled) return [`${profile} does not restrict it`];
  const by = several ? `${profile} grants it ` : '';
  return grants.flatMap(({ rule, hierarchy, above }) => [
    `${by}by the rule on ${ruleName(rule)}${distance(above)}${called(rule, hierarchy)}${at(rule.source)}`,
    ...rule.reasons.map((reason) => `  # ${reason}`),
    `  ${opened(rule, populations.get(rule))}`,
  ]);
}

function ruleName({ named, access }: PlacedPath): string {
  return `${named} ${formatAccess('fs', access)}`;
}

function distance(above: number): string {
  if (above === 0) return '';
  return above === 1 ? ', one directory above' : `, ${above} directories above`;
}

/** A symlink in the rule's path, a hard link or a bind mount: another name of the same inode. */
function called({ named }: PlacedPath, hierarchy: string): string {
  return named === hierarchy ? '' : `, which is ${hierarchy}`;
}

function at(source: RuleSource | undefined): string {
  return source === undefined ? '' : ` (${source.file}:${source.line})`;
}

function opened({ access, place }: PlacedPath, population: Population | undefined): string {
  if (population === undefined) {
    return place.type === 'directory' ? 'it is made first' : 'it opens this alone';
  }
  const { files, directories, complete } = population;
  const counted = `${number(files, 'file')} and ${number(directories, 'directory')}`;
  const rights = formatAccess('fs', access);
  return complete
    ? `it opens ${counted} to ${rights}`
    : `it opens more than ${counted} to ${rights}`;
}

function number(count: number, what: string): string {
  if (count === 1) return `1 ${what}`;
  return `${count} ${what.replace(/y$/, 'ie')}s`;
}

/** What stands on the way up all the same. */
function missingLines({ met, leftOut, at: place }: PlacedAnswer): readonly string[] {
  const rules = met.map(({ rule }) => ruleName(rule));
  return [
    rules.length === 0
      ? `no rule lies on ${place.path} or above`
      : `on the way up there is ${rules.join(', ')}`,
    ...leftOut.map(
      (rule) =>
        `the rule on ${ruleName(rule)} is left out, since nothing is there${at(rule.source)}`,
    ),
  ];
}

function portGrantLines({ access, reasons, source }: PlacedPort): readonly string[] {
  return [
    `by the rule on the port ${formatAccess('net', access)}${at(source)}`,
    ...reasons.map((reason) => `  # ${reason}`),
  ];
}

function whatIs({ type, hierarchies }: Place): string {
  if (type !== 'missing') {
    return hierarchies[0]?.identity?.startsWith('to create') === true
      ? `${nouns[type]} that the profile has made first`
      : nouns[type];
  }
  const nearest = hierarchies.find(({ identity }) => identity !== undefined);
  return `nothing is there; judged as what would be made in ${nearest?.path ?? '/'}`;
}

const nouns: Readonly<Record<FileType, string>> = {
  regular: 'a file',
  directory: 'a directory',
  symlink: 'a symlink that leads nowhere',
  fifo: 'a named pipe',
  socket: 'a socket',
  'char-device': 'a character device',
  'block-device': 'a block device',
};
