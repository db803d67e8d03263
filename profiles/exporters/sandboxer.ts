import { type FsAccess, fsAccess, type NetAccess, netAccess } from '../../landlock/access-set.js';
import type { NetPort } from '../../landlock/ruleset.js';
import { type Exporter, exportedText } from './exporter.js';
import { fit, restrictedBesides } from './fit.js';
import { type Grant, grantsFor } from './grants.js';
import { knownOf } from './known.js';
import { scriptHead, shellWord } from './shell.js';
import { unlessUtf8 } from './unwritable.js';

/**
 * A shell script with the environment that the kernel's sample wants. Source:
 * samples/landlock/sandboxer.c of Linux.
 */
export const sandboxer: Exporter = {
  format: 'sandboxer',
  summary: "a shell script for the kernel's sample sandboxer",
  write: (request) => {
    const { resolved, losses } = fit(request, {
      known,
      limit: 'the names of its later settings are not settled',
      whyUnwritable: (path) =>
        unlessUtf8(path) ??
        (path.includes(':') ? 'it takes a colon for the end of a path' : undefined),
    });
    const { ruleset } = resolved;
    const granted = grantsFor(ruleset.paths, grants, known.fs, request.typeOf);
    const pathsOf = (word: string) =>
      granted.paths.filter(({ words }) => words.includes(word)).map(({ path }) => path);
    const lines = [
      setting('LL_FS_RO', pathsOf('LL_FS_RO')),
      setting('LL_FS_RW', pathsOf('LL_FS_RW')),
      ...portSetting('LL_TCP_BIND', netAccess('bind_tcp'), ruleset.handledNet, ruleset.ports),
      ...portSetting('LL_TCP_CONNECT', netAccess('connect_tcp'), ruleset.handledNet, ruleset.ports),
      setting('LL_SCOPED', scopes(ruleset.scoped)),
    ];
    const besides = restrictedBesides(resolved, {
      ...{ fs: known.fs, net: ruleset.handledNet, scoped: ruleset.scoped },
    });
    return exportedText(
      `${scriptHead}${lines.join('')}exec sandboxer "$@"\n`,
      [...losses, ...granted.losses, ...besides],
      ['sandboxer is to be built from samples/landlock of Linux 6.12 or later, and put on PATH'],
    );
  },
};

const known = knownOf(7);

const readOnly: FsAccess = fsAccess('execute', 'read_file', 'read_dir');

const grants: readonly Grant<string>[] = [
  { word: 'LL_FS_RO', access: readOnly },
  { word: 'LL_FS_RW', access: known.fs },
];

/** Unset means unrestricted, empty means none. */
function portSetting(
  name: string,
  right: NetAccess,
  handled: NetAccess,
  ports: readonly NetPort[],
): readonly string[] {
  if ((handled & right) === 0) return [`unset ${name}\n`];
  const allowed = ports.filter(({ access }) => (access & right) !== 0);
  return [
    setting(
      name,
      allowed.map(({ port }) => String(port)),
    ),
  ];
}

function scopes(scoped: number): readonly string[] {
  return [...((scoped & 1) !== 0 ? ['a'] : []), ...((scoped & 2) !== 0 ? ['s'] : [])];
}

function setting(name: string, values: readonly string[]): string {
  return `export ${name}=${shellWord(values.join(':'))}\n`;
}
