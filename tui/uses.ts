import type { PathUse, Use, Why } from '../inference/inference.js';
import { accessNames } from '../landlock/access-set.js';
import { isBeneath } from '../landlock/hierarchy.js';
import { type Line, line } from './line.js';
import { printable } from './printable.js';
import { rightsWord } from './rights.js';
import { shorten, widthOf, wrap } from './width.js';

/** The most frequent uses, the most frequent first; a single pass, for there may be very many. */
export function topUses<Some extends Use>(uses: readonly Some[], most: number): readonly Some[] {
  if (uses.length <= most) return [...uses].sort(byCount);
  const top: Some[] = [];
  for (const use of uses) {
    const least = top[most - 1];
    if (least !== undefined && least.count >= use.count) continue;
    top.push(use);
    top.sort(byCount);
    if (top.length > most) top.pop();
  }
  return top;
}

/** A use of a path, on one line: `12x git openat ./config (r)`. */
export function pathUseLine(use: PathUse, rule: string, columns: number): Line {
  const head = useHead(use);
  const tail = ` (${rightsWord(use.access)})${reason(use)}`;
  const path = printable(relative(use.path, rule));
  const room = columns - widthOf(head) - widthOf(tail) - 1;
  return line(path === '' ? head + tail : `${head} ${shorten(path, Math.max(room, 8))}${tail}`);
}

/** A use of a path with nothing left out, on as many lines as it takes. */
export function wholePathUse(use: PathUse, columns: number): readonly Line[] {
  const rights = accessNames('fs', use.access).join(', ');
  const text = `${use.count}x ${use.executable} ${use.call} ${use.path} (${rights})${reason(use)}`;
  return wrap(printable(text), columns).map((part) => line(part));
}

export function useLine(use: Use): Line {
  return line(useHead(use));
}

/** The last name of an executable's path. */
export function programName(executable: string): string {
  return printable(executable.slice(executable.lastIndexOf('/') + 1) || executable);
}

export const whySentences: Readonly<Record<Why, string>> = {
  observed: 'observed: the run did it',
  anticipated: 'anticipated: the next run will ask for it',
  lifted:
    'lifted: what was used will not be there when the profile is enforced, so the rule lies on the directory',
  varying: 'varying: every run uses others of what lies there, so the rule lies on the directory',
  foreseen: 'foreseen: the next run may well use what this one did not, so all of it is granted',
  sought: 'sought: it was looked for and not there; it is granted where that is decided on it',
  equalised: 'equalised: a move may not gain rights',
};

function byCount(one: Use, other: Use): number {
  return other.count - one.count;
}

function reason({ why }: PathUse): string {
  return why === 'observed' ? '' : ` ${why}`;
}

function useHead(use: Use): string {
  return `${use.count}x ${programName(use.executable)} ${printable(use.call)}`;
}

/** Nothing for the rule's own path, `./…` for one beneath it. */
function relative(path: string, rule: string): string {
  if (path === rule) return '';
  if (!isBeneath(path, rule) || rule === '/') return path;
  return `.${path.slice(rule.length)}`;
}
