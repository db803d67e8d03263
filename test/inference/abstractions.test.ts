import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { AbstractionMap } from '../../inference/abstraction-map.js';
import { abstractions } from '../../inference/abstractions/index.js';
import { DangerMap } from '../../inference/danger-map.js';
import { familyRules } from '../../inference/family-rules.js';
import { GuardedPlaces } from '../../inference/guarded.js';
import { mayFold } from '../../inference/may-fold.js';
import { zoneOf } from '../../inference/prices.js';
import type { FsRight } from '../../landlock/abi.js';
import { fsAccess } from '../../landlock/access-set.js';

const families = suite('abstractions');
const environments = [{ HOME: '/home/me' }];
const map = new AbstractionMap(environments);

/** Paths as Debian has them, what is used of them, and the family. */
const table: readonly (readonly [string, readonly FsRight[], string | undefined])[] = [
  ['/etc/ld.so.cache', ['read_file'], 'c-library'],
  ['/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2', ['execute', 'read_file'], 'c-library'],
  ['/usr/lib/aarch64-linux-gnu/ld-linux-aarch64.so.1', ['execute', 'read_file'], 'c-library'],
  ['/lib/x86_64-linux-gnu/libc.so.6', ['read_file'], 'c-library'],
  ['/usr/lib/x86_64-linux-gnu/libssl.so.3', ['read_file'], 'shared-libraries'],
  ['/usr/lib/x86_64-linux-gnu/libssl.so.3', ['read_file', 'execute'], undefined],
  ['/usr/lib/x86_64-linux-gnu/libssl.so.3', ['write_file'], undefined],
  ['/usr/lib/x86_64-linux-gnu/app/libapp.so', ['read_file'], undefined],
  ['/usr/lib/x86_64-linux-gnu/libnss_files.so.2', ['read_file'], 'name-service'],
  ['/usr/lib/locale/C.utf8/LC_CTYPE', ['read_file'], 'locale'],
  ['/usr/lib/locale', ['read_file', 'read_dir'], 'locale'],
  ['/usr/share/zoneinfo/Etc/UTC', ['read_file'], 'time-zone'],
  ['/etc/passwd', ['read_file'], 'name-service'],
  ['/etc/passwd', ['write_file'], undefined],
  ['/etc/shadow', ['read_file'], undefined],
  ['/etc/resolv.conf', ['read_file'], 'name-resolution'],
  ['/etc/ssl/certs/ca-certificates.crt', ['read_file'], 'tls'],
  ['/etc/ssl/private/key.pem', ['read_file'], undefined],
  ['/dev/null', ['read_file', 'write_file'], 'devices'],
  ['/dev/urandom', ['read_file'], 'devices'],
  ['/dev/urandom', ['write_file'], undefined],
  ['/dev/shm', ['make_reg', 'write_file', 'read_file', 'remove_file'], 'shared-memory'],
  ['/dev/shm', ['execute'], undefined],
  ['/dev/pts', ['read_file', 'write_file', 'ioctl_dev'], 'terminal'],
  ['/dev', ['read_file'], undefined],
  ['/usr/lib/python3.11/json/__init__.py', ['read_file'], 'python'],
  ['/usr/bin/python3.11', ['execute', 'read_file'], 'python'],
  ['/usr/lib/python3.11/x', ['make_reg'], undefined],
  ['/usr/share/perl/5.36.0/strict.pm', ['read_file'], 'perl'],
  ['/usr/lib/gcc/x86_64-linux-gnu/12/cc1', ['execute', 'read_file'], 'gcc'],
  ['/usr/include/stdio.h', ['read_file'], 'gcc'],
  ['/usr/lib/git-core/git-remote-https', ['execute', 'read_file'], 'git'],
  ['/home/me/.gitconfig', ['read_file'], 'git'],
  ['/home/me/.gitconfig', ['write_file'], undefined],
  ['/home/me/.terminfo/x/xterm', ['read_file'], 'terminfo'],
  ['/proc/self/maps', ['read_file'], 'own-process'],
  ['/proc/self/mem', ['write_file'], undefined],
  ['/proc/sys/kernel/core_pattern', ['read_file'], undefined],
  ['/etc/os-release', ['read_file'], 'machine-identity'],
  ['/usr/share/man/man1/ls.1.gz', ['read_file'], 'manual'],
  ['/usr/share/groff/1.22.4/tmac/an.tmac', ['read_file'], 'groff'],
  ['/usr/share/tcltk/tcl8.6/init.tcl', ['read_file'], 'tcl'],
  ['/usr/bin/tclsh8.6', ['execute', 'read_file'], 'tcl'],
  ['/usr/share/vim/vim90/syntax/c.vim', ['read_file'], 'vim'],
  ['/usr/lib/file/magic.mgc', ['read_file'], 'file-magic'],
  ['/usr/share/cmake-3.25/Modules/FindZLIB.cmake', ['read_file'], 'cmake'],
  ['/usr', ['read_file'], undefined],
];

for (const [path, rights, family] of table) {
  families(`${rights.join(', ')} on ${path}: ${family ?? 'of no family'}`, () => {
    assert.is(map.of(path, fsAccess(...rights))?.abstraction.name, family);
  });
}

families('each tells what it is, why, and where that is written, under a name of its own', () => {
  assert.is(new Set(abstractions.map(({ name }) => name)).size, abstractions.length);
  for (const { name, what, reason, source } of abstractions) {
    assert.match(name, /^[a-z]+(-[a-z]+)*$/);
    assert.ok(what.length < 60 && reason.length < 90, name);
    assert.match(source, /\(\d[a-z]*\)|package/, name);
  }
});

families('none changes or executes anything that its purpose does not ask for', () => {
  const harmless = new Set<FsRight>(['read_file', 'read_dir', 'resolve_unix']);
  const rights = (name: string) =>
    new Set(
      abstractions.find((family) => family.name === name)?.parts.flatMap(({ access }) => access),
    );
  const beyond = new Map(
    abstractions
      .map(({ name }) => [name, [...rights(name)].filter((one) => !harmless.has(one))] as const)
      .filter(([, more]) => more.length > 0),
  );
  const executing = ['c-library', 'shell', 'python', 'node', 'perl', 'ruby', 'tcl', 'gcc', 'git'];
  for (const [name, more] of beyond) {
    if (executing.includes(name)) assert.equal(more, ['execute'], name);
    else assert.ok(['devices', 'terminal', 'shared-memory'].includes(name), name);
  }
});

families('no hierarchy of a family is guarded, dangerous, or opens a danger', () => {
  const guarded = new GuardedPlaces(environments);
  const dangers = new DangerMap(environments);
  for (const { name, parts } of abstractions) {
    for (const { access, hierarchies = [] } of parts) {
      for (const path of hierarchies) {
        const there = path
          .replace('${ARCH}', 'x86_64-linux-gnu')
          .replace('${HOME}', '/home/me')
          .replace(/\$\{XDG_(\w+)_HOME\}/, '/home/me/.$1')
          .replaceAll('*', '1');
        assert.ok(mayFold(there, fsAccess(...access), guarded, dangers), `${name}: ${there}`);
      }
    }
  }
});

families('what is foreseen of a hierarchy is to read what the distribution has there', () => {
  for (const { name, parts } of abstractions) {
    for (const { access, hierarchies = [], foreseen } of parts) {
      if (foreseen === undefined || hierarchies.length === 0) continue;
      assert.equal([...access].sort(), ['read_dir', 'read_file'], name);
      for (const path of hierarchies) {
        const there = path.replace('${ARCH}', 'x86_64-linux-gnu').replaceAll('*', '3.11');
        const isPythons = there.startsWith('/usr/lib/python3');
        assert.is(zoneOf(there), isPythons ? 'software' : 'system', `${name}: ${path}`);
        assert.not.match(path, /^\$|^\/usr\/local|^\/home/, name);
      }
    }
  }
});

families('what a program brings is foreseen by a family of its own', () => {
  const brought = abstractions.flatMap(({ parts }) =>
    parts.flatMap(({ brings }) => brings?.files ?? []),
  );
  assert.equal(brought, ['/dev/null']);
  for (const path of brought) assert.ok(map.foreseenAt(path, fsAccess()), path);
  for (const shell of ['/usr/bin/dash', '/bin/dash', '/usr/bin/bash']) {
    assert.equal(map.broughtBy(shell), ['/dev/null'], shell);
  }
  for (const other of ['/usr/bin/env', '/usr/bin/perl', '/etc/profile', '/home/me/.bashrc']) {
    assert.equal(map.broughtBy(other), [], other);
  }
});

families(
  'a rule is of one family at most, and all of its rights are such as the family has',
  () => {
    const rules = table.map(([path, rights]) => ({
      ...{ path, directory: false, access: fsAccess(...rights), uses: [], guarded: undefined },
    }));
    const found = familyRules(rules, environments);
    const grouped = found.flatMap(({ paths }) => paths);
    assert.equal(
      [...grouped].sort(),
      table.flatMap(([path, , family]) => (family === undefined ? [] : path)).sort(),
    );
  },
);

families("what a family reads beneath /etc is priced as the distribution's own", () => {
  assert.is(zoneOf('/etc/ssl/certs'), 'system');
  assert.is(zoneOf('/etc/ssl/private'), 'settings');
  assert.is(zoneOf('/etc/ssl'), 'settings');
  assert.is(zoneOf('/var/lib/app'), 'own');
});

families.run();
