import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { pathFromBytes } from '../../kernel/path-bytes.js';
import { creationCommand } from '../../profiles/exporters/loss-text.js';
import { shellWord } from '../../profiles/exporters/shell.js';
import { execute, inDirectory } from '../support/command.js';
import { lacksPrograms, testWhere } from '../support/requirements.js';
import {
  exported,
  exportedText,
  hostileNames,
  hostileProfile,
  requestFor,
} from './export-sample.js';
import { sampleProfile } from './sample.js';

const shells = suite('exported shell scripts');

/** How each tool is told that a path may be read, and listed. */
const spellings: Readonly<Record<string, (path: string) => string>> = {
  setpriv: (path) => `path-beneath:read-file,read-dir:${path}`,
  landrun: (path) => path,
  minijail: (path) => `--fs-path-ro=${path}`,
  syd: (path) => `read,readdir+${path}`,
};

const programs: Readonly<Record<string, string>> = {
  setpriv: 'setpriv',
  landrun: 'landrun',
  minijail: 'minijail0',
  syd: 'syd-lock',
};

for (const [format, spelling] of Object.entries(spellings)) {
  testWhere(
    shells,
    lacksPrograms('sh', 'awk'),
    `for ${format} hands over every name that it carries, and tells of the others`,
    async () => {
      const words = await wordsThat(format, ['cat', '-n', "it's"]);
      for (const path of hostileNames) {
        const carried = words.includes(spelling(path));
        assert.is(carried, !leftOut(format).includes(path), `${format}: ${JSON.stringify(path)}`);
      }
      assert.equal(words.slice(-4, -3), ['--']);
      assert.match(words.at(-3) ?? '', format === 'minijail' ? /^\/.*\/cat$/ : /^cat$/);
      assert.equal(words.slice(-2), ['-n', "it's"]);
    },
  );
}

testWhere(shells, lacksPrograms('sh'), 'for sandboxer set lists that colons part', () =>
  inDirectory((directory) => {
    fakeProgram(directory, 'sandboxer', 'printf "%s\\0" "$LL_FS_RO" "$LL_TCP_BIND" "$@"');
    const script = exportedText('sandboxer', hostileProfile);
    const { stdout } = execute(['sh', '-c', script, 'sh', 'cat'], within(directory));
    const [paths = '', ports, ...command] = stdout.split('\0');
    assert.equal(
      paths.split(':'),
      hostileNames.filter((path) => !leftOut('sandboxer').includes(path)),
    );
    assert.is(ports, '0:443');
    assert.equal(command, ['cat', '']);
    assert.is(existsSync(join(directory, 'pwned')), false);
  }),
);

testWhere(shells, lacksPrograms('sh', 'awk'), 'for landrun pass on the whole environment', () =>
  inDirectory((directory) => {
    fakeProgram(directory, 'landrun', 'printf "%s\\0" "$@"');
    const script = exportedText('landrun', sampleProfile);
    const { env } = within(directory);
    const { stdout } = execute(['sh', '-c', script, 'sh', 'cat'], {
      ...within(directory),
      env: { ...env, ODD: 'a\nPWNED=$(touch pwned)', '=x': '1', 'a-b': '2' },
    });
    const words = stdout.split('\0');
    const passed = words.filter((_, at) => words[at - 1] === '--env');
    assert.ok(passed.includes('ODD') && passed.includes('PATH'), passed.join());
    assert.ok(!passed.includes('PWNED') && !passed.includes('a-b'), passed.join());
    assert.is(existsSync(join(directory, 'pwned')), false);
  }),
);

testWhere(shells, lacksPrograms('sh', 'install'), 'that make things by hand make those alone', () =>
  inDirectory((directory) => {
    for (const kind of ['directory', 'file'] as const) {
      const path = join(directory, `${kind} it's $(touch pwned) "x"`);
      const command = creationCommand({ path, kind, mode: 0o710 });
      for (const _ of ['once', 'again']) {
        const { status, stderr } = execute(['sh', '-c', command], { cwd: directory });
        assert.is(status, 0, stderr);
      }
      const { stdout } = execute(['stat', '-c', '%F %a', path]);
      assert.match(stdout, kind === 'directory' ? 'directory 710' : 'regular empty file 710');
    }
    assert.is(existsSync(join(directory, 'pwned')), false);
  }),
);

testWhere(shells, lacksPrograms('sh'), 'for setpriv do not run where it would restrict less', () =>
  inDirectory((directory) => {
    fakeProgram(directory, 'setpriv', 'echo "$1"');
    const script = exportedText('setpriv', sampleProfile);
    const { status, stdout, stderr } = execute(
      ['sh', '-c', script, 'sh', 'cat'],
      within(directory),
    );
    assert.is(status, 2);
    assert.is(stdout, '');
    assert.match(stderr, 'util-linux 2.43 or later is needed');
  }),
);

shells('quote a word only where it has to be', () => {
  assert.is(shellWord('/usr/bin/cat'), '/usr/bin/cat');
  assert.is(shellWord("it's"), `'it'\\''s'`);
  assert.is(shellWord(''), "''");
});

shells.run();

/** What a program that stands for the tool is called with, from a shell. */
function wordsThat(format: string, command: readonly string[]): Promise<readonly string[]> {
  return inDirectory((directory) => {
    const body = '[ "$1" = --help ] && echo net-port || printf "%s\\0" "$@"';
    fakeProgram(directory, programs[format] ?? '', body);
    const script = exportedText(format, hostileProfile);
    const { stdout, status, stderr } = execute(
      ['sh', '-c', script, 'sh', ...command],
      within(directory),
    );
    assert.is(status, 0, stderr);
    assert.is(existsSync(join(directory, 'pwned')), false, 'a name was run');
    return pathFromBytes(Buffer.from(stdout)).split('\0').slice(0, -1);
  });
}

function fakeProgram(directory: string, name: string, body: string): void {
  const file = join(directory, name);
  writeFileSync(file, `#!/bin/sh\n${body}\n`);
  chmodSync(file, 0o755);
}

function within(directory: string) {
  return { cwd: directory, env: { PATH: `${directory}:/usr/local/bin:/usr/bin:/bin` } };
}

function leftOut(format: string): readonly string[] {
  const { losses } = exported(format, requestFor(hostileProfile));
  return losses.flatMap((loss) => (loss.kind === 'unwritable' ? [loss.path] : []));
}
