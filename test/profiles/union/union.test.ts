import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { dangerMapOf } from '../../../inference/danger-map.js';
import { profileDifferences } from '../../../profiles/diff/differences.js';
import { inhabited } from '../../../profiles/inhabit.js';
import type { Profile } from '../../../profiles/profile.js';
import { readToml } from '../../../profiles/read-toml.js';
import { unionOfProfiles } from '../../../profiles/union/union.js';
import { writeToml } from '../../../profiles/write-toml.js';
import { Random } from '../../support/random.js';
import { sampleProfile } from '../sample.js';

const unions = suite('unions of profiles');

unions('order, repetition and what is put together first change no byte', () => {
  const random = new Random(7);
  for (let round = 0; round < 500; round++) {
    const [a, b, c] = [random, random, random].map((each) => randomProfile(each, 7, 'x'));
    assert.ok(a !== undefined && b !== undefined && c !== undefined);
    const flat = writeToml(unionOfProfiles([a, b, c]));
    assert.is(writeToml(unionOfProfiles([c, b, a])), flat, 'commutative');
    assert.is(writeToml(unionOfProfiles([unionOfProfiles([a, b]), c])), flat, 'associative');
    assert.is(writeToml(unionOfProfiles([a, unionOfProfiles([c, b])])), flat, 'associative');
    assert.is(writeToml(unionOfProfiles([a, b, c, b])), flat, 'idempotent');
    const read = profileOf(flat);
    assert.is(writeToml(unionOfProfiles([read])), flat, 'its file is its own union');
    assert.is(writeToml(unionOfProfiles([read, a])), flat, 'it holds its parts');
  }
});

unions('with other ABIs and other values of variables, what is allowed is the same', () => {
  const random = new Random(8);
  for (let round = 0; round < 500; round++) {
    const [a, b, c] = [random, random, random].map((each) =>
      randomProfile(each, each.pick([3, 4, 7, 9]), each.pick(['x', 'y'])),
    );
    assert.ok(a !== undefined && b !== undefined && c !== undefined);
    const flat = unionOfProfiles([a, b, c]);
    for (const other of [
      unionOfProfiles([b, c, a]),
      unionOfProfiles([unionOfProfiles([a, b]), c]),
      unionOfProfiles([a, unionOfProfiles([b, c])]),
    ]) {
      assert.equal(between(flat, other), []);
    }
  }
});

unions('it allows all that each of them allows, and nothing that none does', () => {
  const random = new Random(9);
  for (let round = 0; round < 500; round++) {
    const parts = Array.from({ length: 3 }, () =>
      randomProfile(random, 7, random.pick(['x', 'y'])),
    );
    const whole = unionOfProfiles(parts);
    for (const part of parts) {
      const lost = between(part, whole).filter(({ sign }) => sign === 'taken');
      // A variable on whose values they do not agree is written out.
      assert.equal(
        lost.filter(({ kind }) => kind !== 'variable'),
        [],
      );
    }
    for (const rule of whole.paths) {
      const without = { ...whole, paths: whole.paths.filter((each) => each !== rule) };
      const needed = parts.some((part) =>
        between(part, without).some(({ sign, kind }) => sign === 'taken' && kind === 'path'),
      );
      const covered = between(whole, without).length === 0;
      assert.ok(needed || covered, `${rule.parents} is of none of them`);
    }
  }
});

unions('one profile by itself allows what it allowed', () => {
  assert.equal(between(sampleProfile, unionOfProfiles([sampleProfile])), []);
});

unions(
  'what one defines and another leaves to the surroundings is written out where it is defined',
  () => {
    const rule = (path: string) =>
      `[[path_beneath]]\nallowed_access = ["read_file"]\nparent = ["${path}"]\n`;
    const [left, right] = ['${HOME}/a', '${HOME}/b'].map((path) => `abi = 7\n${rule(path)}`);
    const defined = profileOf(`${right}[[variable]]\nname = "HOME"\nliteral = ["/one", "/two"]\n`);
    const ambient = profileOf(left ?? '');
    for (const both of [
      [ambient, defined],
      [defined, ambient],
    ]) {
      const united = unionOfProfiles(both);
      assert.equal(
        united.paths.flatMap(({ parents }) => parents),
        ['/one/b', '/two/b', '${HOME}/a'],
      );
      assert.not.match(writeToml(united), /variable/);
    }
  },
);

unions.run();

function between(old: Profile, next: Profile) {
  return profileDifferences(old, next, dangerMapOf([]));
}

const paths = [
  '/',
  '/a',
  '/a/b',
  '/a/b/c',
  '/e',
  '${V}',
  '${V}/z',
  '/price$$',
  '${HOME}/x',
  '${TMPDIR}',
];

/** With variables of the surroundings that nobody knows. */
function profileOf(text: string): Profile {
  return inhabited(readToml(text, 'p.toml'), {});
}
const reasons = ['cat (openat); once', 'sh (execve); once', 'locale: languages; for messages'];

function randomProfile(random: Random, abi: number, value: string): Profile {
  const some = <Item>(items: readonly Item[], most: number) =>
    Array.from({ length: 1 + random.below(most) }, () => random.pick(items));
  const quoted = (texts: readonly string[]) => JSON.stringify([...new Set(texts)]);
  const tables = Array.from({ length: random.below(6) }, () =>
    [
      ...some(reasons, 2).map((reason) => `# ${reason}`),
      '[[path_beneath]]',
      `allowed_access = ${quoted(some(['read_file', 'write_file', 'make_reg'], 3))}`,
      `parent = ${quoted(some(paths, 2))}`,
    ].join('\n'),
  );
  const ports = abi < 4 ? [] : Array.from({ length: random.below(3) }, () => random.below(3));
  return profileOf(
    [
      `abi = ${abi}`,
      `[[variable]]\nname = "V"\nliteral = ["/v/${value}"]`,
      '[[ruleset]]\nhandled_access_fs = ["abi.all"]',
      ...(abi < 4 ? [] : ['handled_access_net = ["abi.all"]']),
      ...(abi < 6 ? [] : ['scoped = ["abi.all"]']),
      ...(random.chance(0.3) ? ['[[create]]\npath = "/a/b"\nmode = "0700"'] : []),
      ...tables,
      ...ports.map(
        (port) =>
          `[[net_port]]\nallowed_access = ["${random.pick(['bind_tcp', 'connect_tcp'])}"]\nport = [${port}]`,
      ),
      `[learned]\ntool = "ll-learn ${random.below(2)}"\ntracer = "strace"\ncommands = [["${random.pick(['a', 'b'])}"]]\ngaps = []`,
    ].join('\n'),
  );
}
