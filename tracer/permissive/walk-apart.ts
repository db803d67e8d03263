import { linkAt } from '../../kernel/link-target.js';
import { parentOf } from '../../landlock/hierarchy.js';
import { typeAt } from '../disk-view.js';
import type { Thread } from './threads.js';
import { type Place, placeOf, reached } from './view.js';

/**
 * Walks a path as the kernel does for a thread whose root directory or mounts are not ours:
 * absolute symlinks begin at its root, which `..` does not leave. What does not exist is taken as
 * it is named; undefined where the path leads to nothing that has a path.
 *
 * @param directory - what a relative path begins at, as /proc has it.
 */
export function walkApart(
  thread: Thread,
  directory: string | undefined,
  path: string,
  followLast: boolean,
): Place | undefined {
  const root: Place = { view: thread.view, path: '/' };
  const start = directory === undefined ? root : placeOf(thread.view, directory);
  if (start === undefined) return undefined;
  let here: Place = start;
  const ahead = path.split('/').reverse();
  for (let followed = 0; ahead.length > 0; ) {
    const name = ahead.pop();
    if (name === undefined || name === '' || name === '.') continue;
    const next = name === '..' ? above(here) : within(here, name);
    const last = ahead.every((part) => part === '' || part === '.');
    const target = name === '..' || (last && !followLast) ? undefined : targetOf(thread, next);
    if (target === undefined || followed++ >= mostSymlinks) {
      here = next;
    } else if (isJump(next)) {
      const there = placeOf(thread.view, target);
      if (there === undefined) return undefined;
      here = there;
    } else {
      if (target.startsWith('/')) here = root;
      ahead.push(...target.split('/').reverse());
    }
  }
  return here;
}

/** More than any path may follow: the kernel gives up after 40 (MAXSYMLINKS). */
const mostSymlinks = 40;

function above({ view, path }: Place): Place {
  return { view, path: parentOf(path) };
}

function within({ view, path }: Place, name: string): Place {
  return { view, path: path === '/' ? `/${name}` : `${path}/${name}` };
}

/** A symlink's target, as the thread sees it. */
function targetOf(thread: Thread, place: Place): string | undefined {
  if (place.path === '/proc/self') return String(thread.process);
  if (place.path === '/proc/thread-self') return `${thread.process}/task/${thread.id}`;
  const path = reached(place);
  return typeAt(path) === 'symlink' ? linkAt(path) : undefined;
}

/** The links of /proc that lead to an object, and not to a name. */
function isJump({ path }: Place): boolean {
  return /^\/proc\/\d+\/(?:task\/\d+\/)?(?:fd\/\d+|cwd|root|exe)$/.test(path);
}
