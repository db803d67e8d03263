import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { hasEscapedBytes } from '../../kernel/path-bytes.js';
import type { Profile } from '../../profiles/profile.js';
import { base } from '../end-to-end/fixtures.js';
import { execute, inDirectory } from '../support/command.js';
import { type Lack, lacksPrograms, testWhere } from '../support/requirements.js';
import {
  exported,
  exportedText,
  hostileNames,
  hostileProfile,
  requestFor,
} from './export-sample.js';
import { sampleProfile } from './sample.js';

const sources = suite('exported sources and units');

const readYaml = 'import json, sys, yaml; print(json.dumps(yaml.safe_load(sys.argv[1])))';

const bare: Profile = { ...sampleProfile, paths: [], ports: [], creations: [] };
const profiles: readonly (readonly [string, Profile])[] = [
  ['one of everything', sampleProfile],
  ['hostile names', hostileProfile],
  ['nothing', bare],
  ['the network alone', { ...bare, handledFs: 0 as Profile['handledFs'] }],
];

for (const [what, profile] of profiles) {
  testWhere(
    sources,
    lacksPrograms('go', 'gofmt'),
    `in Go, of ${what}: compiled, and formatted`,
    () =>
      inDirectory((directory) => {
        const library = join(directory, 'go-landlock');
        const launcher = join(directory, 'launcher');
        cpSync(fixture('go'), library, { recursive: true });
        mkdirSync(launcher);
        writeFileSync(join(launcher, 'main.go'), exportedText('go', profile));
        writeFileSync(join(launcher, 'go.mod'), goModule);
        const env = { ...process.env, GOFLAGS: '-mod=mod', GOCACHE: join(base, 'go-cache') };
        succeeds(execute(['go', 'vet', '.'], { cwd: launcher, env }));
        succeeds(execute(['go', 'build', '.'], { cwd: launcher, env }));
        const formatted = execute(['gofmt', '-d', 'main.go'], { cwd: launcher });
        assert.is(formatted.stdout + formatted.stderr, '');
      }),
  );

  testWhere(sources, lacksPrograms('rustc'), `in Rust, of ${what}: compiled`, () =>
    inDirectory((directory) => {
      writeFileSync(join(directory, 'main.rs'), exportedText('rust', profile));
      const edition = ['rustc', '--edition', '2021', '-D', 'warnings'];
      const library = [
        '--crate-type',
        'rlib',
        '--crate-name',
        'landlock',
        fixture('rust/landlock.rs'),
      ];
      succeeds(execute([...edition, ...library], { cwd: directory }));
      const program = ['--extern', 'landlock=liblandlock.rlib', 'main.rs'];
      succeeds(execute([...edition, ...program], { cwd: directory }));
    }),
  );
}

for (const [what, command] of [
  ['the learned command', ['sh', '-c', 'cat "$1"']],
  ['a command of hostile words', hostileNames.filter((name) => !hasEscapedBytes(name))],
] as const) {
  testWhere(
    sources,
    lacksPrograms('systemd-analyze'),
    `a unit with ${what}, as systemd takes it`,
    () =>
      inDirectory((directory) => {
        const unit = join(directory, 'sample.service');
        const { output } = exported('systemd', { ...requestFor(sampleProfile), command });
        writeFileSync(unit, output.kind === 'text' ? output.text : '');
        const { status, stderr } = execute(['systemd-analyze', 'verify', '--man=no', unit]);
        assert.not.match(stderr, 'sample.service', stderr);
        assert.is(status, 0, stderr);
      }),
  );
}

testWhere(sources, lacksYaml(), 'a resource that YAML reads with the paths as they are', () => {
  const text = exportedText('podlock', hostileProfile);
  const read = execute(['python3', '-c', readYaml, text]);
  assert.is(read.status, 0, read.stderr);
  const { spec } = JSON.parse(read.stdout);
  assert.equal(
    spec.profilesByContainer.main['/PATH/OF/sh'].readOnly,
    hostileNames.filter((name) => !hasEscapedBytes(name)),
  );
});

sources.run();

function lacksYaml(): Lack {
  const lack = lacksPrograms('python3');
  if (lack !== undefined) return lack;
  const { status } = execute(['python3', '-c', 'import yaml']);
  return status === 0 ? undefined : 'python3 has no yaml';
}

const goModule = `module launcher

go 1.18

require github.com/landlock-lsm/go-landlock v0.9.0

replace github.com/landlock-lsm/go-landlock => ../go-landlock
`;

function fixture(name: string): string {
  return new URL(`../fixtures/export/${name}`, import.meta.url).pathname;
}

function succeeds({ status, stderr }: ReturnType<typeof execute>): void {
  assert.is(status, 0, stderr);
}
