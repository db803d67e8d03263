import type { NetRight } from '../../landlock/abi.js';
import { type FsAccess, fsAccess, type NetAccess, netAccess } from '../../landlock/access-set.js';
import type { Ruleset } from '../../landlock/ruleset.js';
import { settingLosses } from './argument-size.js';
import { type Exporter, exportedText } from './exporter.js';
import { fit, restrictedBesides } from './fit.js';
import { type Grant, grantsFor } from './grants.js';
import { knownOf } from './known.js';
import { scriptHead, shellWord } from './shell.js';
import { unlessUtf8 } from './unwritable.js';

/**
 * A shell script with the environment that the kernel's sample wants. Source:
 * samples/landlock/sandboxer.c of Linux 7.2.
 */
export const sandboxer: Exporter = {
  format: 'sandboxer',
  summary: "a shell script for the kernel's sample sandboxer",
  write: (request) => {
    const { resolved, losses } = fit(request, {
      known,
      limit: 'the sample knows rights up to ABI 10',
      whyUnwritable: (path) =>
        unlessUtf8(path) ??
        (path.includes(':') ? 'it takes a colon for the end of a path' : undefined),
    });
    const { ruleset } = resolved;
    const granted = grantsFor(ruleset.paths, grants, ruleset.handledFs, request.typeOf);
    const pathsOf = (word: string) =>
      granted.paths.filter(({ words }) => words.includes(word)).map(({ path }) => path);
    const hierarchies = grants.map(({ word }) => [word, pathsOf(word)] as const);
    const lines = [
      ...hierarchies.map(([name, paths]) => setting(name, paths)),
      ...ports.flatMap(([name, right]) => portSetting(name, netAccess(right), ruleset)),
      setting('LL_SCOPED', scopes(ruleset.scoped)),
    ];
    const besides = restrictedBesides(resolved, {
      ...{ fs: known.fs, net: ruleset.handledNet, scoped: ruleset.scoped },
    });
    return exportedText(
      `${scriptHead}${lines.join('')}exec sandboxer "$@"\n`,
      [
        ...losses,
        ...granted.losses,
        ...besides,
        ...hierarchies.flatMap(([name, paths]) => settingLosses(name, paths.join(':'))),
      ],
      [
        'sandboxer is to be built from samples/landlock of Linux and put on PATH; an older one restricts no more than its own Linux knew (TCP 6.7, scopes 6.12, UDP 7.2)',
      ],
    );
  },
};

const known = knownOf(10);

const readOnly: FsAccess = fsAccess('execute', 'read_file', 'read_dir');

const grants: readonly Grant<string>[] = [
  { word: 'LL_FS_RO', access: readOnly },
  { word: 'LL_FS_RW', access: known.fs },
];

const ports: readonly (readonly [string, NetRight])[] = [
  ['LL_TCP_BIND', 'bind_tcp'],
  ['LL_TCP_CONNECT', 'connect_tcp'],
  ['LL_UDP_BIND', 'bind_udp'],
  ['LL_UDP_CONNECT_SEND', 'connect_send_udp'],
];

/** Unset means unrestricted, empty means none. */
function portSetting(name: string, right: NetAccess, ruleset: Ruleset): readonly string[] {
  if ((ruleset.handledNet & right) === 0) return [`unset ${name}\n`];
  const allowed = ruleset.ports.filter(({ access }) => (access & right) !== 0);
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
