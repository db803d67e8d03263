import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { packagesOf } from '../../profiles/debian-packages.js';
import { inDirectory } from '../support/command.js';
import { lacksDirectory, lacksPrograms, testWhere } from '../support/requirements.js';

const packages = suite('the packages of paths');

packages('a path is of the package whose list has it, on each architecture', async () => {
  const lists = { 'libc6:amd64': ['/.', '/etc', '/etc/x'], bash: ['/.', '/etc', '/usr/bin/bash'] };
  await withDatabase(lists, [], (of) => {
    assert.equal(of('/etc/x', '/usr/bin/bash', '/etc', '/usr/bin/bas', '/usr/bin/bash2'), {
      '/etc/x': 'libc6',
      '/usr/bin/bash': 'bash',
    });
  });
});

packages('what packages have in /lib is meant by /usr/lib as well', async () => {
  await withDatabase({ libc6: ['/lib/x/libc.so.6', '/bin/sh'] }, [], (of) => {
    assert.equal(
      of('/usr/lib/x/libc.so.6', '/lib/x/libc.so.6', '/usr/bin/sh', '/usr/local/bin/sh'),
      {
        '/usr/lib/x/libc.so.6': 'libc6',
        '/lib/x/libc.so.6': 'libc6',
        '/usr/bin/sh': 'libc6',
      },
    );
  });
});

packages('a diverted file is of the package that wanted it, elsewhere', async () => {
  const lists = { old: ['/usr/bin/tool'], new: ['/usr/bin/tool'] };
  await withDatabase(lists, ['/usr/bin/tool', '/usr/bin/tool.old', 'new'], (of) => {
    assert.equal(of('/usr/bin/tool', '/usr/bin/tool.old'), {
      '/usr/bin/tool': 'new',
      '/usr/bin/tool.old': 'old',
    });
  });
});

packages('names that are not ASCII or not UTF-8 are found as others are', async () => {
  const odd = Buffer.from('2f612fc3a9ff0a', 'hex');
  await withDatabase({ odd }, [], (of) => {
    assert.equal(of('/a/é\udcff', '/a/é'), { '/a/é\udcff': 'odd' });
  });
});

packages('a list that is longer than the memory set aside is read to its end', async () => {
  const many = Array.from({ length: 60_000 }, (_, at) => `/usr/share/doc/a-long-name/${at}`);
  await withDatabase({ big: [...many, '/last'] }, [], (of) => {
    assert.equal(of('/last', '/usr/share/doc/a-long-name/7'), {
      '/last': 'big',
      '/usr/share/doc/a-long-name/7': 'big',
    });
  });
});

packages('without dpkg nothing is of a package', () => {
  assert.is(packagesOf(['/usr/bin/env'], '/nonexistent').size, 0);
});

testWhere(
  packages,
  lacksPrograms('dpkg-query') ?? lacksDirectory('/var/lib/dpkg/info'),
  'dpkg itself says the same',
  () => {
    const lists = readdirSync('/var/lib/dpkg/info').filter((name) =>
      /^(base-files|bash)\./.test(name),
    );
    const paths = lists
      .filter((name) => name.endsWith('.list'))
      .flatMap((name) => readFileSync(`/var/lib/dpkg/info/${name}`, 'utf8').trim().split('\n'))
      .filter((path) => path !== '/.')
      .slice(0, 40);
    const found = packagesOf(paths);
    for (const path of paths) {
      const said = execFileSync('dpkg-query', ['-S', path], { encoding: 'utf8' }).split('\n');
      const owners = said
        .filter((line) => line.endsWith(`: ${path}`) && !line.startsWith('diversion'))
        .flatMap((line) => line.slice(0, -path.length - 2).split(', '))
        .map((name) => name.replace(/:.*/, ''));
      const [owner, ...others] = new Set(owners);
      assert.is(found.get(path), others.length === 0 ? owner : undefined, path);
    }
  },
);

packages.run();

type Lists = Readonly<Record<string, readonly string[] | Buffer>>;

/** A database of dpkg with these lists, and a way to ask. */
function withDatabase(
  lists: Lists,
  diversions: readonly string[],
  act: (of: (...paths: readonly string[]) => Record<string, string>) => void,
) {
  return inDirectory((directory) => {
    mkdirSync(join(directory, 'info'));
    for (const [name, lines] of Object.entries(lists)) {
      const content = Buffer.isBuffer(lines)
        ? lines
        : `${(lines as readonly string[]).join('\n')}\n`;
      writeFileSync(join(directory, 'info', `${name}.list`), content);
    }
    writeFileSync(join(directory, 'diversions'), diversions.map((line) => `${line}\n`).join(''));
    act((...paths) => Object.fromEntries(packagesOf(paths, directory)));
  });
}
