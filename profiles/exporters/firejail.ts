import { GuardedPlaces } from '../../inference/guarded.js';
import {
  difference,
  fileAccess,
  fsAccess,
  isSubset,
  netAccess,
  scopeSet,
  union,
} from '../../landlock/access-set.js';
import { parentOf } from '../../landlock/hierarchy.js';
import type { PathBeneath } from '../../landlock/ruleset.js';
import { type Exporter, type ExportRequest, exportedText } from './exporter.js';
import { fit, restrictedBesides } from './fit.js';
import { type Grant, grantsFor } from './grants.js';
import { knownOf } from './known.js';
import type { Loss } from './loss.js';
import { unlessUtf8 } from './unwritable.js';

/**
 * A profile for firejail: a script would not do, since firejail takes 128 arguments at most.
 * Source: netblue30/firejail, src/firejail/landlock.c and profile.c.
 */
export const firejail: Exporter = {
  format: 'firejail',
  summary: 'a profile for firejail (firejail --profile=./FILE COMMAND)',
  write: (request) => {
    const { resolved, losses } = fit(request, {
      known,
      limit: 'firejail restricts files alone, by rights of ABI 1',
      whyUnwritable: (path) => unlessUtf8(path) ?? unlessLine(path),
    });
    const lifted = liftedFromFiles(resolved.ruleset.paths, request);
    const granted = grantsFor(lifted.paths, grants, resolved.ruleset.handledFs, request.typeOf);
    const lines = granted.paths.flatMap(({ path, words }) =>
      words.map((word) => `${word} ${path}\n`),
    );
    return exportedText(
      `# usage: firejail --profile=./THIS-FILE COMMAND [ARGUMENT...]\n${lines.join('')}landlock.enforce\n`,
      [...losses, ...lifted.losses, ...granted.losses, ...restrictedBesides(resolved, known)],
      [
        'firejail 0.9.74 or later is needed, built with Landlock, and takes a profile by a name with a slash in it; what does not exist is passed over',
      ],
    );
  },
};

const known = { fs: knownOf(1).fs, net: netAccess(), scoped: scopeSet() };

const execute = fsAccess('execute');

const grants: readonly Grant<string>[] = [
  { word: 'landlock.fs.read', access: fsAccess('read_file', 'read_dir') },
  {
    word: 'landlock.fs.write',
    access: fsAccess(
      ...(['write_file', 'remove_dir', 'remove_file', 'make_dir', 'make_reg', 'make_sym'] as const),
    ),
  },
  { word: 'landlock.fs.makeipc', access: fsAccess('make_fifo', 'make_sock') },
  { word: 'landlock.fs.makedev', access: fsAccess('make_char', 'make_block') },
  { word: 'landlock.fs.execute', access: execute },
];

/** A line of a profile is cut at its ends, its white space made one, and `${NAME}` put in. */
function unlessLine(path: string): string | undefined {
  if (/\p{Cc}| {2}| $/u.test(path))
    return 'a line of a firejail profile cannot hold its white space';
  return path.includes('${') ? 'firejail puts in macros for ${' : undefined;
}

/**
 * Reading and writing is granted with rights that a file cannot carry, and the kernel refuses such
 * a rule: on a file only executing can be granted. The rest goes to the directory that holds the
 * file, unless that is a place that nobody should be given whole.
 */
function liftedFromFiles(
  rules: readonly PathBeneath[],
  { typeOf }: ExportRequest,
): { readonly paths: readonly PathBeneath[]; readonly losses: readonly Loss[] } {
  const guarded = new GuardedPlaces([]);
  const merged = new Map<string, PathBeneath>();
  const losses: Loss[] = [];
  const liftings = new Map<string, string[]>();
  const add = ({ path, access }: PathBeneath) =>
    merged.set(path, { path, access: union(merged.get(path)?.access ?? fsAccess(), access) });
  for (const rule of rules) {
    const { path, access } = rule;
    const file =
      typeOf(path) === 'other' || (typeOf(path) === 'missing' && isSubset(access, fileAccess));
    const onDirectories = file ? difference(access, execute) : fsAccess();
    if (access !== onDirectories) add({ path, access: difference(access, onDirectories) });
    if (onDirectories === 0) continue;
    const to = parentOf(path);
    const why = guarded.at(to);
    if (why === undefined) {
      add({ path: to, access: onDirectories });
      liftings.set(to, [...(liftings.get(to) ?? []), path]);
    } else {
      losses.push({
        kind: 'unwritable',
        path,
        why: `firejail grants reading and writing on directories alone, and ${to} is ${why}`,
      });
    }
  }
  return {
    paths: [...merged.values()],
    losses: [
      ...losses,
      ...[...liftings].map(([to, paths]) => ({ kind: 'lifted', to, paths }) as const),
    ],
  };
}
