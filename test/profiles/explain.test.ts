import { constants, linkSync, realpathSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { FsRight } from '../../landlock/abi.js';
import { explainPath } from '../../profiles/explain.js';
import { holderOf, placeAt } from '../../profiles/place.js';
import { type PlacedProfile, placeProfile } from '../../profiles/placed.js';
import { readToml } from '../../profiles/read-toml.js';
import { resolveProfile } from '../../profiles/resolve.js';
import { askKernel, plant } from '../landlock/kernel-oracle.js';
import { execute, inDirectory } from '../support/command.js';
import { lacksLandlock, lacksRoot, testWhere } from '../support/requirements.js';

const explaining = suite('explaining a profile');

/** What is asked: a path under the root, the right, and whether a rule grants it. */
const questions: readonly (readonly [path: string, right: FsRight, granted: boolean])[] = [
  ['open/file', 'read_file', true],
  ['open/deep/er/file', 'read_file', true],
  ['open/file', 'write_file', false],
  ['to-open/file', 'read_file', true],
  ['closed/file', 'read_file', false],
  ['closed/to-file', 'read_file', true],
  ['closed/hard', 'read_file', true],
  ['by-symlink-target/file', 'read_file', true],
  ['open-not/file', 'read_file', false],
];

testWhere(explaining, lacksLandlock(), 'the kernel agrees, by symlinks and hard links too', () =>
  inDirectory((made) => {
    const root = realpathSync(made);
    const { text } = staged(root);
    const layer = placed(text);
    for (const [path, right, granted] of questions) {
      const place = placeAt(join(root, path));
      assert.is(explainPath([layer], place, right).granted, granted, `${right} at ${path}`);
    }
    const { ruleset } = resolveProfile(readToml(text, 'p'), 'p');
    const loadable = ruleset.paths.filter(({ path }) => !path.endsWith('missing'));
    const answers = askKernel({
      abi: 1,
      layers: [{ ...ruleset, paths: loadable }],
      attempts: questions.map(([path, right]) => [
        'open',
        join(root, path),
        right === 'read_file' ? constants.O_RDONLY : constants.O_WRONLY,
      ]),
    });
    assert.equal(
      answers,
      questions.map(([, , granted]) => (granted ? 'ok' : 'EACCES')),
    );
  }),
);

testWhere(explaining, lacksRoot(), 'a bind mount carries the rules of its source', () =>
  inDirectory((root) => {
    plant(root, 'source/file mounted/');
    const mounted = join(root, 'mounted');
    assert.is(execute(['mount', '--bind', join(root, 'source'), mounted]).status, 0);
    try {
      const layer = placed(rule('read_file', join(root, 'source')));
      const [grant] =
        explainPath([layer], placeAt(join(mounted, 'file')), 'read_file').layers[0]?.grants ?? [];
      assert.is(grant?.hierarchy, mounted);
      assert.is(grant?.rule.named, join(root, 'source'));
    } finally {
      execute(['umount', mounted]);
    }
  }),
);

explaining('every rule on the way is told, with its line, reasons and distance', () =>
  inDirectory((root) => {
    plant(root, 'a/b/file');
    const text = [
      'abi = 7',
      '',
      '# sh (openat); once',
      '# careful',
      rule('read_file', join(root, 'a/b')),
      rule('read_file', join(root, 'a')),
    ].join('\n');
    const answer = explainPath([placed(text)], placeAt(join(root, 'a/b/file')), 'read_file');
    const grants = answer.layers[0]?.grants ?? [];
    assert.equal(
      grants.map(({ above, rule: { reasons, source } }) => [above, reasons, source?.line]),
      [
        [1, ['sh (openat); once', 'careful'], 5],
        [2, [], 9],
      ],
    );
  }),
);

explaining('all layers have to grant, and one that does not handle a right does', () =>
  inDirectory((root) => {
    plant(root, 'file');
    const reading = placed(`abi = 1\n${handling(['read_file'])}${rule('read_file', root)}`);
    const executing = placed(`abi = 1\n${handling(['execute'])}`);
    const closed = placed(`abi = 1\n${handling(['read_file'])}`);
    const place = placeAt(join(root, 'file'));
    const granted = (...layers: readonly PlacedProfile[]) =>
      explainPath(layers, place, 'read_file').layers.map((layer) => layer.granted);
    assert.equal(granted(reading, executing), [true, true]);
    assert.equal(granted(reading, closed), [true, false]);
    assert.is(explainPath([reading, closed], place, 'read_file').granted, false);
  }),
);

explaining('crossing directories is refused by whatever handles files, and by nothing else', () =>
  inDirectory((root) => {
    const place = placeAt(root);
    assert.is(
      explainPath([placed(`abi = 1\n${handling(['execute'])}`)], place, 'refer').granted,
      false,
    );
    const ports = placed('abi = 7\n[[ruleset]]\nhandled_access_net = ["bind_tcp"]\n');
    assert.is(explainPath([ports], place, 'refer').granted, true);
  }),
);

explaining('what is missing is judged from the nearest directory that is there', () =>
  inDirectory((made) => {
    const root = realpathSync(made);
    const layer = placed(
      `abi = 1\n${rule('read_file", "make_reg', root)}${rule('write_file', join(root, 'gone'))}`,
    );
    const place = placeAt(join(root, 'gone/deeper/file'));
    assert.is(place.type, 'missing');
    assert.is(explainPath([layer], place, 'read_file').granted, true);
    assert.is(explainPath([layer], holderOf(place), 'make_reg').granted, true);
    assert.is(explainPath([layer], place, 'write_file').granted, false, 'its rule is left out');
  }),
);

explaining('what a profile has made first carries its rule', () =>
  inDirectory((made) => {
    const cache = join(realpathSync(made), 'cache');
    const layer = placed(
      `abi = 1\n[[create]]\npath = "${cache}"\nkind = "directory"\n${rule('read_file', cache)}`,
    );
    const place = placeAt(join(cache, 'entry'), layer.creations);
    assert.is(explainPath([layer], place, 'read_file').granted, true);
  }),
);

explaining('a rule on a file has the rights of files alone', () =>
  inDirectory((root) => {
    plant(root, 'file');
    const file = join(root, 'file');
    const layer = placed(`abi = 1\n${rule('read_file", "make_reg', file)}`);
    const granted = (right: FsRight) => explainPath([layer], placeAt(file), right).granted;
    assert.is(granted('read_file'), true);
    assert.is(granted('make_reg'), false);
  }),
);

explaining.run();

function staged(root: string): { readonly text: string } {
  plant(root, 'open/file open/deep/er/file closed/file closed/target by-symlink-target/file');
  plant(root, 'open-not/file');
  symlinkSync('open', join(root, 'to-open'));
  symlinkSync('../open/file', join(root, 'closed/to-file'));
  symlinkSync('by-symlink-target', join(root, 'by-symlink'));
  linkSync(join(root, 'closed/target'), join(root, 'closed/hard'));
  const text = [
    'abi = 1\n[[ruleset]]\nhandled_access_fs = ["read_file", "write_file"]',
    rule('read_file', join(root, 'open')),
    rule('read_file', join(root, 'closed/target')),
    rule('read_file', join(root, 'by-symlink')),
    rule('read_file', join(root, 'missing')),
  ].join('\n');
  return { text };
}

function placed(text: string): PlacedProfile {
  return placeProfile(readToml(text, 'p.toml'), 'p.toml');
}

function rule(rights: string, path: string): string {
  return `[[path_beneath]]\nallowed_access = ["${rights}"]\nparent = ["${path}"]\n`;
}

function handling(rights: readonly string[]): string {
  return `[[ruleset]]\nhandled_access_fs = ${JSON.stringify(rights)}\n`;
}
