import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fsAccess, netAccess } from '../../landlock/access-set.js';
import type { Profile } from '../../profiles/profile.js';
import { type Ended, execute, inDirectory } from '../support/command.js';
import { exported, requestFor } from './export-sample.js';
import { sampleProfile } from './sample.js';

const limits = suite('what a kernel takes of an exported script');

limits('a setting of the sandboxer is run as long as one may be, and told when it is longer', () =>
  inDirectory((directory) => {
    // LL_FS_RO=/srv/…:/srv/… and the byte that ends it: 32 pages.
    const paths = pathsOf(33, 4000);
    const rest = 131_072 - `LL_FS_RO=${paths.slice(0, 32).join(':')}:\0`.length;
    for (const [length, lost] of [
      [rest, false],
      [rest + 1, true],
    ] as const) {
      const last = `${paths[32]?.slice(0, 6)}${'x'.repeat(length - 6)}`;
      const { losses, status, stderr } = run('sandboxer', [...paths.slice(0, 32), last], directory);
      assert.equal(losses, lost ? ['oversized'] : []);
      assert.is(status, lost ? 126 : 0, stderr);
      if (lost) assert.match(stderr, /Argument list too long/);
    }
  }),
);

for (const format of ['setpriv', 'landrun', 'minijail', 'syd']) {
  limits(`the words for ${format} are told when they are too long in all`, () =>
    inDirectory((directory) => {
      const few = run(format, pathsOf(450, 4000), directory);
      assert.equal(few.losses, []);
      assert.is(few.status, 0, few.stderr);
      const many = run(format, pathsOf(560, 4000), directory);
      assert.equal(many.losses, ['oversized']);
      assert.is(many.status, 126);
    }),
  );
}

limits.run();

function pathsOf(count: number, length: number): readonly string[] {
  return Array.from({ length: count }, (_, at) =>
    `/srv/${String(at).padStart(4, '0')}/`.padEnd(length, 'abcdefghi/'),
  );
}

/** Runs an exported script with a program in the tool's place that runs nothing. */
function run(
  format: string,
  paths: readonly string[],
  directory: string,
): Ended & { readonly losses: readonly string[] } {
  const profile: Profile = {
    ...sampleProfile,
    paths: paths.map((path) => ({
      parents: [path],
      access: fsAccess('execute', 'read_file', 'read_dir'),
      reasons: [],
    })),
    ...{
      abi: 1,
      handledNet: netAccess(),
      scoped: 0 as Profile['scoped'],
      ports: [],
      creations: [],
    },
  };
  const { output, losses } = exported(format, requestFor(profile));
  const tool = { minijail: 'minijail0', syd: 'syd-lock' }[format] ?? format;
  writeFileSync(join(directory, tool), '#!/bin/sh\n:\n', { mode: 0o755 });
  const script = join(directory, 'script');
  writeFileSync(script, output.kind === 'text' ? output.text : '');
  const environment = { PATH: `${directory}:/usr/bin:/bin` };
  return {
    ...execute(['sh', '-c', 'ulimit -s 8192; exec sh "$@"', 'sh', script, 'true'], {
      env: environment,
    }),
    losses: losses.map(({ kind }) => kind).filter((kind) => kind === 'oversized'),
  };
}
