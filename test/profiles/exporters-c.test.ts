import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { pathForNode } from '../../kernel/path-bytes.js';
import { type FsAccess, fsAccess } from '../../landlock/access-set.js';
import { emptyRuleset } from '../../landlock/ruleset.js';
import type { Profile, ProfileCreation } from '../../profiles/profile.js';
import { escapeTemplate } from '../../profiles/templates.js';
import { fixtureProgram, lacksCompiler } from '../end-to-end/fixtures.js';
import { execute, inDirectory } from '../support/command.js';
import { compiledLauncher } from '../support/compiled.js';
import { lacksLandlock, testWhere } from '../support/requirements.js';
import { exportedText, hostileNames, hostileProfile } from './export-sample.js';
import { sampleProfile } from './sample.js';

const launchers = suite('the exported launcher in C');
const lack = lacksCompiler();
const lackToRun = lack ?? lacksLandlock(4);

for (const [what, profile] of [
  ['one of everything', sampleProfile],
  ['hostile names', hostileProfile],
  ['nothing', { ...sampleProfile, paths: [], ports: [], creations: [] }],
] as const) {
  for (const options of [[], ['-static'], ['-std=c99', '-pedantic', '-Wshadow', '-O0']]) {
    testWhere(launchers, lack, `of ${what} compiles without a warning, ${options.join(' ')}`, () =>
      inDirectory((directory) => {
        compiledLauncher(exportedText('c', profile), directory, options);
      }),
    );
  }
}

testWhere(launchers, lackToRun, 'grants on names that are hostile, and no others', () =>
  inDirectory((directory) => {
    const files = hostileNames.map((name) =>
      join(directory, name.slice('/srv/'.length).replaceAll('/', '_')),
    );
    for (const file of files) writeFileSync(pathForNode(file), 'x');
    writeFileSync(join(directory, 'ungranted'), 'x');
    const launcher = launcherOf(directory, {
      grants: files.map((path) => [path, fsAccess('read_file')]),
    });
    for (const file of files.filter((name) => !/[\udc80-\udcff]/.test(name))) {
      assert.equal(attempt(launcher, 'read', file), 'ok', JSON.stringify(file));
      assert.equal(attempt(launcher, 'execute', file), 'EACCES', JSON.stringify(file));
    }
    assert.equal(attempt(launcher, 'read', join(directory, 'ungranted')), 'EACCES');
  }),
);

testWhere(launchers, lackToRun, 'makes what is missing, with its mode, before it restricts', () =>
  inDirectory((directory) => {
    const made = join(directory, 'made');
    const file = join(made, 'file');
    const launcher = launcherOf(directory, {
      grants: [[made, fsAccess('read_dir')]],
      creations: [
        { path: made, kind: 'directory', mode: 0o750 },
        { path: file, kind: 'file', mode: 0o640 },
      ],
    });
    assert.equal(attempt(launcher, 'list', made), 'ok');
    assert.is(lstatSync(made).mode & 0o7777, 0o750);
    assert.is(lstatSync(file).mode & 0o7777, 0o640);
    writeFileSync(file, 'kept');
    assert.equal(attempt(launcher, 'list', made), 'ok');
    assert.is(readFileSync(file, 'utf8'), 'kept');
  }),
);

for (const kind of ['directory', 'file'] as const) {
  testWhere(launchers, lackToRun, `follows no symlink to make a ${kind}`, () =>
    inDirectory((directory) => {
      const path = join(directory, 'link');
      const target = join(directory, 'target');
      const launcher = launcherOf(directory, { creations: [{ path, kind, mode: 0o700 }] });
      symlinkSync(target, path);
      const dangling = execute([launcher, 'true']);
      assert.is(dangling.status, 2);
      assert.match(dangling.stderr, 'something else stands');
      assert.is(existsSync(target), false);
      if (kind === 'directory') mkdirSync(target);
      else writeFileSync(target, '');
      assert.is(execute([launcher, 'true']).status, 2, 'a symlink to the right kind of thing');
    }),
  );
}

testWhere(launchers, lackToRun, 'passes over what does not exist, and says so', () =>
  inDirectory((directory) => {
    const path = join(directory, 'missing');
    const launcher = launcherOf(directory, { grants: [[path, fsAccess('read_file')]] });
    const { status, stderr } = execute([launcher, fixtureProgram('attempt')]);
    assert.is(status, 0, stderr);
    assert.match(stderr, `${path} does not exist: its rule is left out`);
  }),
);

testWhere(launchers, lackToRun, 'ends as a shell does where nothing can be run', () =>
  inDirectory((directory) => {
    const launcher = launcherOf(directory, {});
    assert.is(execute([launcher]).status, 3);
    assert.is(execute([launcher, 'no-such-program']).status, 127);
    assert.is(execute([launcher, join(directory, 'no-such-program')]).status, 127);
    assert.is(execute([launcher, '/usr/bin/env']).status, 126, 'it is not granted');
    assert.is(execute([launcher, '--', fixtureProgram('attempt')]).status, 0);
  }),
);

launchers.run();

interface Wishes {
  readonly grants?: readonly (readonly [path: string, access: FsAccess])[];
  readonly creations?: readonly ProfileCreation[];
}

/** A launcher that can run the program which attempts, and what else is wished. */
function launcherOf(directory: string, { grants = [], creations = [] }: Wishes): string {
  const all = [[fixtureProgram('attempt'), fsAccess('execute', 'read_file')] as const, ...grants];
  const { handledFs, handledNet, scoped } = emptyRuleset(4);
  const profile: Profile = {
    ...{ abi: 4, variables: [], handledFs, handledNet, scoped, ports: [], learned: undefined },
    paths: all.map(([path, access]) => ({ parents: [escapeTemplate(path)], access, reasons: [] })),
    creations: creations.map((one) => ({ ...one, path: escapeTemplate(one.path) })),
  };
  return compiledLauncher(exportedText('c', profile), directory, ['-static']);
}

function attempt(launcher: string, what: string, on: string): string {
  const { stdout, stderr, status } = execute([launcher, fixtureProgram('attempt'), what, on]);
  assert.is(status, 0, stderr);
  return stdout === '0\n' ? 'ok' : stdout === '13\n' ? 'EACCES' : stdout;
}
