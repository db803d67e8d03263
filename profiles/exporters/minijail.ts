import { fsAccess, netAccess, scopeSet, union } from '../../landlock/access-set.js';
import { argumentLosses } from './argument-size.js';
import { type Exporter, exportedText } from './exporter.js';
import { fit, restrictedBesides } from './fit.js';
import { type Grant, grantsFor } from './grants.js';
import { knownOf } from './known.js';
import { becomingScript, shellWord } from './shell.js';
import { unlessUtf8 } from './unwritable.js';

/**
 * A shell script that runs a command under minijail0(1). Source: google/minijail, landlock_util.h
 * and libminijail.c.
 */
export const minijail: Exporter = {
  format: 'minijail',
  summary: 'a shell script for minijail0',
  write: (request) => {
    const { resolved, losses } = fit(request, {
      known,
      limit: 'minijail restricts files alone, by rights of ABI 3',
      whyUnwritable: unlessUtf8,
    });
    const granted = grantsFor(
      resolved.ruleset.paths,
      grants,
      resolved.ruleset.handledFs,
      request.typeOf,
    );
    const words = [
      `--landlock-abi ${Math.min(request.profile.abi, newestAbi)}`,
      ...granted.paths.flatMap(({ path, words: options }) =>
        options.map((option) => shellWord(`${option}=${path}`)),
      ),
    ];
    return exportedText(
      becomingScript('minijail0', words, findingProgram),
      [
        ...losses,
        ...granted.losses,
        ...restrictedBesides(resolved, known),
        ...argumentLosses(words),
      ],
      ['minijail0 fails where a path does not exist'],
    );
  },
};

/** minijail0 wants a path, and does not look along PATH. */
const findingProgram: readonly string[] = [
  'program=$1',
  'case $program in',
  '*/*) ;;',
  '*)',
  '  IFS=:',
  '  set -f',
  '  for directory in $PATH; do',
  '    if [ -f "${directory:-.}/$program" ] && [ -x "${directory:-.}/$program" ]; then',
  '      shift',
  '      set -- "${directory:-.}/$program" "$@"',
  '      break',
  '    fi',
  '  done',
  '  unset IFS',
  '  set +f ;;',
  'esac',
];

/** Later ones it takes, but its words grant nothing of what they add. */
const newestAbi = 3;
const known = { fs: knownOf(newestAbi).fs, net: netAccess(), scoped: scopeSet() };

const read = fsAccess('read_file', 'read_dir');
const basicWrite = fsAccess(
  ...(['write_file', 'truncate', 'remove_dir', 'remove_file', 'make_dir', 'make_reg'] as const),
);
const special = fsAccess('make_char', 'make_sock', 'make_fifo', 'make_block', 'make_sym', 'refer');

const grants: readonly Grant<string>[] = [
  { word: '--fs-path-ro', access: read },
  { word: '--fs-path-rx', access: union(read, fsAccess('execute')) },
  { word: '--fs-path-rw', access: union(read, basicWrite) },
  { word: '--fs-path-advanced-rw', access: union(union(read, basicWrite), special) },
];
