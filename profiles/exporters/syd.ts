import type { FsRight } from '../../landlock/abi.js';
import { accessNames, scopeSet } from '../../landlock/access-set.js';
import type { Ruleset } from '../../landlock/ruleset.js';
import { argumentLosses } from './argument-size.js';
import { type Exporter, exportedText } from './exporter.js';
import { fit, restrictedBesides } from './fit.js';
import { knownOf } from './known.js';
import { becomingScript, shellWord } from './shell.js';
import { unlessUtf8 } from './unwritable.js';

/**
 * A shell script that runs a command under syd-lock(1), of syd, category by category. Source:
 * syd-lock(1) and syd(7), "Lock Sandboxing".
 */
export const syd: Exporter = {
  format: 'syd',
  summary: 'a shell script for syd-lock of syd',
  write: (request) => {
    const { resolved, losses } = fit(request, {
      known,
      limit: 'syd-lock has categories up to ABI 5, for files and for TCP',
      whyUnwritable: (path) => unlessUtf8(path) ?? unlessPlain(path),
    });
    const words = ['-C best', ...rules(resolved.ruleset)];
    return exportedText(
      becomingScript('syd-lock', words),
      [...losses, ...restrictedBesides(resolved, known), ...argumentLosses(words)],
      [
        'syd 3.35 or later is needed, for -C best: what does not exist is passed over with it, and what the kernel does not know is not restricted',
      ],
    );
  },
};

const known = { ...knownOf(5), scoped: scopeSet() };

/** Every right on files has a category of its own. */
const categories: Readonly<Partial<Record<FsRight, string>>> = {
  execute: 'exec',
  write_file: 'write',
  read_file: 'read',
  read_dir: 'readdir',
  remove_dir: 'rmdir',
  remove_file: 'delete',
  make_char: 'mkcdev',
  make_dir: 'mkdir',
  make_reg: 'create',
  make_sock: 'bind',
  make_fifo: 'mkfifo',
  make_block: 'mkbdev',
  make_sym: 'symlink',
  refer: 'rename',
  truncate: 'truncate',
  ioctl_dev: 'ioctl',
};

function rules({ paths, ports }: Ruleset): readonly string[] {
  return [
    ...paths.map(({ path, access }) => {
      const names = accessNames('fs', access).flatMap((right) => categories[right] ?? []);
      return `-l ${shellWord(`${names.join(',')}+${path}`)}`;
    }),
    ...ports.map(({ port, access }) => {
      const names = accessNames('net', access).map((right) => right.replace('_tcp', ''));
      return `-l ${names.join(',')}+${port}`;
    }),
  ];
}

/** Its rules may name variables of the environment. */
function unlessPlain(path: string): string | undefined {
  return /[$~]/.test(path) ? 'syd puts in variables and homes for $ and ~' : undefined;
}
