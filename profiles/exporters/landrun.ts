import {
  accessNames,
  type FsAccess,
  fsAccess,
  type NetAccess,
  netAccess,
  scopeSet,
  union,
} from '../../landlock/access-set.js';
import type { Ruleset } from '../../landlock/ruleset.js';
import { argumentLosses } from './argument-size.js';
import { type Exporter, type ExportRequest, exportedText } from './exporter.js';
import { type Fitted, fit, restrictedBesides } from './fit.js';
import { type Grant, grantsFor } from './grants.js';
import { type Known, knownOf } from './known.js';
import type { Loss } from './loss.js';
import { scriptHead, shellWord } from './shell.js';
import { unlessUtf8 } from './unwritable.js';

/**
 * A shell script that runs a command under landrun. Source: Zouuup/landrun, cmd/landrun/main.go
 * and internal/sandbox/sandbox.go, as of 0.1.17.
 */
export const landrun: Exporter = {
  format: 'landrun',
  summary: 'a shell script for landrun',
  write: (request) => {
    const { resolved, losses } = fitted(request);
    const { ruleset } = resolved;
    const granted = grantsFor(ruleset.paths, grants, ruleset.handledFs, request.typeOf);
    const words = [
      ...['--best-effort', '--ignore-missing'],
      ...granted.paths.flatMap(({ path, words: options }) =>
        options.map((option) => `${option} ${shellWord(path)}`),
      ),
      ...ports(ruleset),
      ...unrestricted(ruleset),
    ];
    return exportedText(
      script(words),
      [...losses, ...granted.losses, ...besides(resolved), ...argumentLosses(words)],
      ['landrun 0.1.17 or later is needed, for --ignore-missing and scopes'],
    );
  },
};

const known = knownOf(9);

const read = fsAccess('read_file', 'read_dir');
const write: FsAccess = fsAccess(
  ...(['write_file', 'truncate', 'ioctl_dev', 'remove_dir', 'remove_file', 'make_char'] as const),
  ...(['make_dir', 'make_reg', 'make_sock', 'make_fifo', 'make_block', 'make_sym'] as const),
  'refer',
);
const execute = fsAccess('execute');

const grants: readonly Grant<string>[] = [
  { word: '--ro', access: read },
  { word: '--rox', access: union(read, execute) },
  { word: '--rw', access: union(read, write) },
  { word: '--rwx', access: union(union(read, write), execute) },
  { word: '--unix', access: fsAccess('read_file', 'resolve_unix') },
];

/** Of the network and of the scopes landrun restricts all or nothing. */
function fitted(request: ExportRequest): Fitted {
  const { profile } = request;
  const tcp = netAccess('bind_tcp', 'connect_tcp');
  const scopes = scopeSet('abstract_unix_socket', 'signal');
  const able: Known = {
    fs: known.fs,
    net: (profile.handledNet & tcp) === tcp ? tcp : netAccess(),
    scoped: (profile.scoped & scopes) === scopes ? scopes : scopeSet(),
  };
  return fit(request, {
    known: able,
    limit: 'landrun restricts all of TCP or nothing, both scopes or none, and no UDP',
    whyUnwritable: (path) => unlessUtf8(path) ?? unlessWord(path),
  });
}

function unlessWord(path: string): string | undefined {
  if (path.includes(',')) return 'landrun takes a comma for the end of a path';
  return /\s$/.test(path) ? 'landrun cuts white space off the end' : undefined;
}

function ports({ ports: rules }: Ruleset): readonly string[] {
  return rules.flatMap(({ port, access }) =>
    accessNames('net', access).map((right) => `--${right.replace('_', '-')} ${port}`),
  );
}

function unrestricted({ handledFs, handledNet, scoped }: Ruleset): readonly string[] {
  return [
    ...(handledFs === 0 ? ['--unrestricted-filesystem'] : []),
    ...((handledNet as NetAccess) === 0 ? ['--unrestricted-network'] : []),
    ...(scoped === 0 ? ['--unrestricted-scoped'] : []),
  ];
}

/** It restricts all rights on files that it and the kernel know, or none. */
function besides(resolved: Fitted['resolved']): readonly Loss[] {
  const { handledFs, handledNet, scoped } = resolved.ruleset;
  const fs = handledFs === 0 ? handledFs : known.fs;
  return restrictedBesides(resolved, { fs, net: handledNet, scoped });
}

/** landrun passes no variable that it is not told of; a command under ll-learn run keeps all. */
function script(words: readonly string[]): string {
  const lines = words.map((word) => `  ${word} \\\n`).join('');
  return `${scriptHead}set -- -- "$@"
for name in $(awk 'BEGIN { for (name in ENVIRON) if (name ~ /^[A-Za-z_][A-Za-z0-9_]*$/) print name }'); do
  set -- --env "$name" "$@"
done
exec landrun \\
${lines}  "$@"
`;
}
