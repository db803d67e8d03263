import { normalize } from 'node:path/posix';
import { isBeneath } from '../../landlock/hierarchy.js';
import type { AskedCall } from './asked-call.js';
import type { Found, Observer, PathArgument } from './observer.js';
import type { Thread } from './threads.js';
import { placeOf, viewFrom } from './view.js';

const RESOLVE_NO_SYMLINKS = 0x04;
const RESOLVE_BENEATH = 0x08;
const RESOLVE_IN_ROOT = 0x10;

/**
 * What the path of openat2(2) leads to where that is to stay beneath its directory, or to follow no
 * symlink. Undefined where the call fails by that. Links of /proc and other mounts, which it can
 * forbid as well, are not looked for: what was asked for beyond is a right too much, and none too few.
 */
export function findScoped(
  observer: Observer,
  thread: Thread,
  call: AskedCall,
  argument: PathArgument,
  resolve: number,
): Found | undefined {
  const directory = observer.directoryOf(thread, call, argument);
  const name = call.path(argument.path);
  if (name === null || name === '') return undefined;
  if ((resolve & RESOLVE_IN_ROOT) !== 0) {
    const place = directory === undefined ? undefined : placeOf(thread.view, directory);
    if (place === undefined) return undefined;
    const rooted = { ...thread, view: viewFrom(place) };
    return observer.findNamed(rooted, undefined, `/${name}`, argument);
  }
  const beneath = (resolve & RESOLVE_BENEATH) !== 0;
  if (beneath && name.startsWith('/')) return undefined; // EXDEV
  const found = observer.find(thread, call, argument);
  if (found === undefined || directory === undefined || name.startsWith('/')) return found;
  if (beneath && !isBeneath(found.real, directory)) return undefined; // EXDEV
  const literal = normalize(`${directory}/${name}`).replace(/(?!^)\/$/, '');
  if ((resolve & RESOLVE_NO_SYMLINKS) !== 0 && found.real !== literal) return undefined; // ELOOP
  return found;
}
