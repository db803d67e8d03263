import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { execute, inDirectory, llLearn, ownProgram } from '../support/command.js';
import { lacksPrograms, testWhere } from '../support/requirements.js';
import { lacksTracer } from '../support/tracer.js';

const exporting = suite('ll-learn export');

const profile = `abi = 7
[[variable]]
name = "HOME"
literal = ["/home/alice"]
[[ruleset]]
handled_access_fs = ["abi.all"]
handled_access_net = ["abi.all"]
scoped = ["abi.all"]
[[create]]
path = "\${HOME}/made"
kind = "directory"
mode = "0700"
[[path_beneath]]
allowed_access = ["read_file", "truncate"]
parent = ["\${HOME}/x"]
`;

exporting('says what is lost and what it does to the sandbox', () =>
  withProfile((file) => {
    const { status, stdout, stderr } = llLearn(['export', file, '--to', 'setpriv', '--abi', '2']);
    assert.is(status, 0);
    assert.match(stdout, 'path-beneath:read-file:/home/alice/x');
    assert.not.match(stdout, 'truncate');
    assert.match(stderr, 'setpriv: loosens: not restricted at all: truncate, ioctl_dev, bind_tcp');
    assert.match(stderr, 'ABI 2 (Linux 5.19) does not know that');
    assert.match(
      stderr,
      'setpriv: by hand: it makes nothing beforehand; run: [ -e /home/alice/made',
    );
  }),
);

exporting('with --strict takes no loss, and leaves what was there', () =>
  withProfile((file, directory) => {
    const output = join(directory, 'script');
    writeFileSync(output, 'before');
    const words = ['export', file, '--to', 'setpriv', '--strict', '-o', output];
    const { status, stdout, stderr } = llLearn(words);
    assert.is(status, 1);
    assert.is(stdout, '');
    assert.match(stderr, 'nothing was exported, since --strict takes no loss');
    assert.is(readFileSync(output, 'utf8'), 'before');
    assert.is(llLearn(['export', file, '--to', 'c', '--strict', '-o', output]).status, 0);
    assert.match(readFileSync(output, 'utf8'), 'int main');
  }),
);

testWhere(exporting, lacksPrograms('script'), 'lets no path act on a terminal', () =>
  withProfile((file, directory) => {
    writeFileSync(file, profile.replace('}/x"', '}/x\\u001b[31m\\u202e"'));
    const words = `${process.execPath} ${ownProgram} export ${file} --to setpriv`;
    const seen = execute(['script', '-qec', words, '/dev/null']).stdout;
    assert.match(seen, '/home/alice/x\\x1b[31m\\u{202e}');
    assert.match(seen, 'are shown escaped: -o FILE writes them as they are');
    assert.not.match(seen, '\x1b');
    const output = join(directory, 'script');
    assert.match(execute([...words.split(' ')]).stdout, '/home/alice/x\x1b[31m\u202e');
    assert.is(llLearn(['export', file, '--to', 'setpriv', '-o', output]).status, 0);
    assert.match(readFileSync(output, 'utf8'), '/home/alice/x\x1b[31m\u202e');
  }),
);

exporting('does not write for an ABI that nobody has watched', () =>
  withProfile((file) => {
    const { status, stderr } = llLearn(['export', file, '--to', 'c', '--abi', '9']);
    assert.is(status, 3);
    assert.match(stderr, '--abi 9: the profile is for ABI 7');
  }),
);

exporting('has units enforce the profile as it is', () =>
  withProfile((file) => {
    const { status, stderr } = llLearn(['export', file, '--to', 'systemd', '--abi', '3']);
    assert.is(status, 3);
    assert.match(stderr, '--abi is of no use to systemd');
  }),
);

exporting('reads no trace in vain', () =>
  withProfile((file) => {
    const { status, stderr } = llLearn(['export', file, '--to', 'c', '--trace', 'x']);
    assert.is(status, 3);
    assert.match(stderr, '--trace is of no use to c');
  }),
);

exporting('says of a profile for a newer ABI that it is taken for one that is known', () =>
  withProfile((file) => {
    writeFileSync(file, profile.replace('abi = 7', 'abi = 99'));
    const { status, stderr } = llLearn(['export', file, '--to', 'c']);
    assert.is(status, 0, stderr);
    assert.match(stderr, 'is for Landlock ABI 99, and this ll-learn knows up to ABI');
  }),
);

exporting(
  'gives its losses as data with --json, and what was exported where no file was named',
  () =>
    withProfile((file, directory) => {
      const words = ['export', file, '--to', 'minijail', '--json'];
      const document = JSON.parse(llLearn(words).stdout);
      assert.is(document.format, 'minijail');
      assert.match(document.output.text, 'exec minijail0');
      const [first] = document.losses;
      assert.is(first.effect, 'loosens');
      assert.is(first.kind, 'unrestricted');
      assert.ok(first.rights.includes('signal'));
      const made = document.losses.find(({ kind }: { kind: string }) => kind === 'creation');
      assert.equal(made.creation, { path: '/home/alice/made', kind: 'directory', mode: 0o700 });
      assert.is(made.effect, 'by hand');
      const output = join(directory, 'script');
      const written = JSON.parse(llLearn([...words, '-o', output]).stdout);
      assert.is(written.written, output);
      assert.is(written.output, undefined);
      assert.is(readFileSync(output, 'utf8'), document.output.text);
    }),
);

exporting('writes a folder where one is asked for, and leaves what else is in it', () =>
  withProfile((file, directory) => {
    assert.is(llLearn(['export', file, '--to', 'island']).status, 3);
    const folder = join(directory, 'profiles', 'tool');
    mkdirSync(join(folder, 'landlock'), { recursive: true });
    writeFileSync(join(folder, 'landlock', 'other.toml'), 'mine');
    assert.is(llLearn(['export', file, '--to', 'island', '-o', folder]).status, 0);
    assert.match(readFileSync(join(folder, 'profile.toml'), 'utf8'), 'workspace = false');
    assert.match(readFileSync(join(folder, 'landlock/ll-learn.toml'), 'utf8'), '"${HOME}/x"');
    assert.is(readFileSync(join(folder, 'landlock/other.toml'), 'utf8'), 'mine');
  }),
);

exporting('writes units that run the command it is given', () =>
  withProfile((file) => {
    const words = ['export', file, '--to', 'systemd', '--', '/usr/bin/tool', '--now', '50%'];
    const { stdout } = llLearn(words);
    assert.match(stdout, `ll-learn run ${file} -- /usr/bin/tool --now "50%%"\n`);
  }),
);

testWhere(
  exporting,
  lacksTracer() ?? lacksPrograms('cat'),
  'reports of a trace what was used, and what it lacks',
  () =>
    inDirectory((directory) => {
      const inside = { cwd: directory };
      writeFileSync(join(directory, 'used'), 'x');
      writeFileSync(join(directory, 'ungranted'), 'x');
      const learn = ['--no-review', '--trace', 'trace', '-o', 'cat.landlock.toml', '--'];
      assert.is(llLearn([...learn, 'cat', 'used'], inside).status, 0);
      assert.is(
        llLearn(
          ['--no-review', '--trace', 'more', '-o', 'x.landlock.toml', '--', 'cat', 'ungranted'],
          inside,
        ).status,
        0,
      );
      const words = ['export', 'cat.landlock.toml', '--to', 'html', '--trace', 'trace'];
      const report = llLearn(words, inside).stdout;
      assert.match(report, /<td class="path">[^<]*\/used<\/td>/);
      assert.match(report, '1 used of 1 object<');
      assert.not.match(report, 'Seen, and not granted');
      const both = llLearn([...words, '--trace', 'more'], inside).stdout;
      assert.match(both, 'Seen, and not granted');
      assert.match(both, /<span class="path">[^<]*\/ungranted<\/span>/);
    }),
);

exporting.run();

function withProfile(act: (file: string, directory: string) => void): Promise<void> {
  return inDirectory((directory) => {
    const file = join(directory, 'tool.landlock.toml');
    writeFileSync(file, profile);
    act(file, directory);
  });
}
