import { linkAt } from '../../kernel/link-target.js';
import { isBeneath } from '../../landlock/hierarchy.js';

/**
 * How what a thread names is reached from here: its root directory may be another than ours, and
 * so may its mounts.
 */
export interface View {
  /** What comes before the thread's paths to reach the same from here; empty where that is ours. */
  readonly at: string;
  /** What comes before them in the links of /proc, and in the record. */
  readonly shown: string;
}

export const ourView: View = { at: '', shown: '' };

/** The view that a thread has now; undefined when it is gone, or may not be looked at. */
export function viewOf(thread: number): View | undefined {
  const root = linkAt(`/proc/${thread}/root`);
  const mounts = linkAt(`/proc/${thread}/ns/mnt`);
  if (root === undefined || mounts === undefined) return undefined;
  const shown = root === '/' ? '' : root;
  ourMounts ??= linkAt('/proc/self/ns/mnt');
  if (mounts !== ourMounts) return { at: `/proc/${thread}/root`, shown };
  return shown === '' ? ourView : { at: shown, shown };
}

let ourMounts: string | undefined;

/**
 * Where a link of /proc leads, as a place in the thread's view; outside of its root, and among our
 * mounts, one in ours. Undefined where nothing here leads there.
 */
export function placeOf(view: View, link: string): Place | undefined {
  if (!link.startsWith('/')) return undefined;
  if (view.shown === '') return { view, path: link };
  if (isBeneath(link, view.shown)) return { view, path: link.slice(view.shown.length) || '/' };
  return view.at === view.shown ? { view: ourView, path: link } : undefined;
}

/** A path and whose it is. */
export interface Place {
  readonly view: View;
  readonly path: string;
}

/** The view of whoever has this place for a root directory. */
export function viewFrom({ view, path }: Place): View {
  const within = path === '/' ? '' : path;
  return { at: `${view.at}${within}`, shown: `${view.shown}${within}` };
}

/** The path that leads to a place from here. */
export function reached({ view, path }: Place): string {
  return path === '/' && view.at !== '' ? view.at : `${view.at}${path}`;
}

/** The path that people know it by. */
export function shown({ view, path }: Place): string {
  return path === '/' && view.shown !== '' ? view.shown : `${view.shown}${path}`;
}
