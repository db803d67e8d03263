import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { execute } from '../support/command.js';
import {
  type Lack,
  lacksLandlock,
  lacksPrograms,
  lacksRoot,
  testWhere,
} from '../support/requirements.js';
import { lacksTracer } from '../support/tracer.js';
import { base } from './fixtures.js';
import { enforcing, learning } from './stage.js';

const unmerged = suite('a machine where /bin and /lib are no symlinks');

/**
 * A root like ours, but that /bin, /lib and /lib64 are directories of their own, with copies of what
 * the program needs of them: other files than those in /usr. Then it becomes a command in there.
 */
const anotherRoot = `
root=$1 program=$2
shift 2
mount -t tmpfs none "$root"
for entry in /*; do
  [ -d "$entry" ] && [ ! -L "$entry" ] || continue
  mkdir -p "$root$entry"
  mount --rbind "$entry" "$root$entry"
done
mkdir "$root/bin" "$root/lib" "$root/lib64"
for file in "$program" $(ldd "$program" | grep -o '/[^ ]*'); do
  real=$(realpath "$file")
  copy=\${real#/usr}
  mkdir -p "$root$(dirname "$copy")"
  cp "$real" "$root$copy"
  [ -e "$root$file" ] || [ "$file" = "$real" ] || ln -s "$copy" "$root$file"
done
ln -s bin "$root/sbin"
cd "$PWD" && exec chroot "$root" "$@"
`;

testWhere(
  unmerged,
  lacksRoot() ?? lacksLandlock(7) ?? lacksTracer() ?? lacksMounts(),
  'what was learned with them in /usr is allowed where they are',
  () => {
    const root = join(base, 'root');
    mkdirSync(root);
    const profile = join(base, 'merged.landlock.toml');
    const cat = ['/bin/cat', '/etc/hostname'];
    const learned = execute(learning(profile, cat, '--fold', 'exact'));
    assert.is(learned.status, 0, learned.stderr);
    const there = ['unshare', '-m', 'sh', '-ec', anotherRoot, 'sh', root, '/usr/bin/cat'];
    const { status, stdout, stderr } = execute([...there, ...enforcing(profile, cat)]);
    assert.is(status, 0, stderr);
    assert.is(stdout, learned.stdout);
    const passwd = execute([...there, ...enforcing(profile, ['/bin/cat', '/etc/passwd'])]);
    assert.is(passwd.status, 1, 'and no more than that');
    assert.match(passwd.stderr, /cat: \/etc\/passwd: Permission denied/);
  },
);

unmerged.run();

function lacksMounts(): Lack {
  const lack = lacksPrograms('unshare', 'chroot', 'ldd', 'mount');
  if (lack !== undefined) return lack;
  const { status, stderr } = execute(['unshare', '-m', 'mount', '-t', 'tmpfs', 'none', base]);
  return status === 0 ? undefined : `no mounts of our own: ${stderr.trim()}`;
}
