import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { FsRight } from '../../landlock/abi.js';
import {
  accessNames,
  allAccess,
  difference,
  type FsAccess,
  fileAccess,
  fsAccess,
  intersection,
  union,
} from '../../landlock/access-set.js';
import { type Grant, grantsFor } from '../../profiles/exporters/grants.js';
import { knownOf } from '../../profiles/exporters/known.js';
import { effectOf, type Loss } from '../../profiles/exporters/loss.js';
import { lossText } from '../../profiles/exporters/loss-text.js';
import { profileWithin } from '../../profiles/exporters/within.js';
import type { Profile } from '../../profiles/profile.js';
import { sampleProfile } from './sample.js';

const losing = suite('losses of an export');

const all = allAccess('fs', 9);
const words: readonly Grant<string>[] = [
  { word: 'read', access: fsAccess('read_file', 'read_dir') },
  { word: 'run', access: fsAccess('read_file', 'read_dir', 'execute') },
  { word: 'write', access: fsAccess('read_file', 'read_dir', 'write_file', 'make_reg') },
  { word: 'remove', access: fsAccess('remove_file', 'remove_dir') },
];

losing('are exactly what words grant otherwise than the rule, for any rule', () => {
  for (let access = 1; access <= all; access += 97) {
    for (const type of ['directory', 'other'] as const) {
      const rule = { path: '/x', access: access as FsAccess };
      const takes = type === 'other' ? intersection(all, fileAccess) : all;
      const granted = grantsFor([rule], words, all, () => type);
      const given = (granted.paths[0]?.words ?? [])
        .map((word) => words.find((one) => one.word === word)?.access ?? fsAccess())
        .reduce(union, fsAccess());
      const wanted = intersection(rule.access, takes);
      const told = union(
        difference(wanted, rights(granted.losses, 'withheld')),
        rights(granted.losses, 'widened'),
      );
      assert.is(told, intersection(given, takes), `${type} ${accessNames('fs', rule.access)}`);
    }
  }
});

losing('deny only what no word grants', () => {
  const sayable = words.map(({ access }) => access).reduce(union, fsAccess());
  for (let access = 1; access <= all; access += 89) {
    const rule = { path: '/x', access: access as FsAccess };
    const { losses } = grantsFor([rule], words, all, () => 'directory');
    assert.is(rights(losses, 'withheld'), difference(rule.access, sayable));
  }
});

losing('put paths that lose the same together', () => {
  const rules = ['/a', '/b'].map((path) => ({ path, access: fsAccess('read_file') }));
  assert.equal(grantsFor(rules, words, all, () => 'directory').losses, [
    { kind: 'widened', rights: ['read_dir'], paths: ['/a', '/b'] },
  ]);
  assert.equal(grantsFor(rules, words, all, () => 'other').losses, []);
});

losing(
  'of an older ABI are the rights that it does not restrict, and crossings that it denies',
  () => {
    const paths = [{ parents: ['/x'], access: fsAccess('refer', 'make_reg'), reasons: [] }];
    const profile: Profile = { ...sampleProfile, paths, ports: [] };
    const { losses, profile: narrowed } = profileWithin(profile, knownOf(1), 'why');
    assert.equal(losses, [
      {
        kind: 'unrestricted',
        rights: ['truncate', 'ioctl_dev', 'bind_tcp', 'connect_tcp', 'abstract_unix_socket'],
        why: 'why',
      },
      { kind: 'withheld', rights: ['refer'], paths: ['/x'], why: 'why' },
    ]);
    assert.equal(
      narrowed.paths.map(({ access }) => access),
      [fsAccess('make_reg')],
    );
  },
);

losing('are none where everything is known', () => {
  const { losses, profile } = profileWithin(sampleProfile, knownOf(7), 'why');
  assert.equal(losses, []);
  assert.equal(profile, sampleProfile);
});

losing('say whether they loosen or tighten, and keep off the terminal', () => {
  const loss: Loss = { kind: 'unwritable', path: '/x\u001b[2J\u202e\udcff', why: 'so' };
  assert.is(effectOf(loss), 'tightens');
  assert.is(
    lossText({ ...loss, path: '/x\u001b[2J\u202e' }),
    'tightens: left out, so that what it allows is denied: the rule on "/x\\u001b[2J\\u{202e}" (so)',
  );
  assert.match(lossText(loss), 'the bytes 2f781b5b324ae280aeff');
  const many: Loss = {
    kind: 'widened',
    rights: ['execute'],
    paths: ['/1', '/2', '/3', '/4', '/5'],
  };
  assert.match(
    lossText(many),
    'loosens: granted besides, for lack of finer words: execute, on /1, /2, /3, /4 and 1 more',
  );
});

losing.run();

function rights(losses: readonly Loss[], kind: 'withheld' | 'widened'): FsAccess {
  return losses
    .flatMap((loss): readonly FsRight[] => (loss.kind === kind ? loss.rights : []))
    .map((right) => fsAccess(right))
    .reduce(union, fsAccess());
}
