import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { permissiveAvailability } from '../tracer/permissive/availability.js';
import { execute, inDirectory } from './support/command.js';
import { lacksLandlock, lacksPrograms, lacksStrace, testWhere } from './support/requirements.js';

const packages = suite('the package');
const root = new URL('..', import.meta.url).pathname;
const permissive = permissiveAvailability();
const lack =
  lacksPrograms('npm', 'tar') ??
  lacksLandlock() ??
  lacksStrace() ??
  (permissive.usable ? undefined : permissive.reason);

testWhere(packages, lack, 'works where nothing is but what it says that it needs', () =>
  inDirectory((directory) => {
    const launcher = installed(directory);
    const does = (...words: readonly string[]) => {
      const { status, stdout, stderr } = execute([launcher, ...words], { cwd: directory });
      assert.is(status, 0, `${words.join(' ')}: ${stderr}`);
      return stdout;
    };
    assert.match(does('--version'), /^ll-learn \d/);
    assert.match(does('doctor'), 'permissive');
    for (const tracer of ['strace', 'permissive']) {
      const learned = ['--tracer', tracer, '--no-review', '--trace', 'trace', '-o', 'profile'];
      does(...learned, '--', 'cat', '/etc/hostname');
    }
    does('infer', 'trace', '-o', 'inferred');
    assert.is(textOf(directory, 'inferred'), textOf(directory, 'profile'));
    const command = ['--', 'cat', '/etc/hostname'];
    assert.is(does('run', 'profile', ...command), readFileSync('/etc/hostname', 'utf8'));
    does('verify', 'profile', ...command);
    does('check', 'profile', ...command);
    does('explain', 'profile', '/etc/hostname', 'read_file');
    does('diff', 'profile', 'inferred');
    for (const format of ['c', 'html', 'landlockconfig-json'])
      does('export', 'profile', '--to', format);
    const asked = execute([launcher, 'review', '--plain', 'profile'], {
      ...{ cwd: directory, stdio: 'pipe', input: 'q\n' },
    });
    assert.match(asked.stdout + asked.stderr, 'things to grant');
  }),
);

packages('holds what is started, and no file that nothing reads', () => {
  const listing = execute(['npm', 'pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
  });
  const [{ files }] = JSON.parse(listing.stdout) as [{ files: readonly { path: string }[] }];
  const paths = files.map(({ path }) => path);
  const { bin, man, imports } = manifest();
  const started = [...Object.values(bin), man, ...Object.values(imports)];
  for (const path of started.map((each) => each.replace('./', ''))) {
    assert.ok(paths.includes(path), `${path} is missing`);
  }
  assert.equal(
    paths.filter((path) => /\.(map|d\.ts|tsx?)$|test/.test(path) && !path.startsWith('examples/')),
    [],
  );
});

packages.run();

/** Unpacked, with the packages beside it that its manifest names, and theirs. @returns the launcher. */
function installed(directory: string): string {
  const packed = execute(['npm', 'pack', '--ignore-scripts', '--pack-destination', directory], {
    cwd: root,
  });
  assert.is(packed.status, 0, packed.stderr);
  const archive = packed.stdout.trim().split('\n').at(-1) ?? '';
  execute(['tar', 'xzf', archive], { cwd: directory });
  const pending = Object.keys(manifest().dependencies);
  for (const name of pending) {
    const [from, to] = [join(root, 'node_modules', name), join(directory, 'node_modules', name)];
    if (existsSync(to) || !existsSync(from)) continue; // Optional, for another machine.
    mkdirSync(dirname(to), { recursive: true });
    symlinkSync(from, to);
  }
  return join(directory, 'package/bin/ll-learn');
}

function manifest() {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Readonly<
    Record<'bin' | 'imports' | 'dependencies', Readonly<Record<string, string>>> & { man: string }
  >;
}

function textOf(directory: string, file: string): string {
  return readFileSync(join(directory, file), 'utf8');
}
