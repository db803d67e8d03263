import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { closeFd } from '../../kernel/descriptors.js';
import { landlockCreateRuleset } from '../../kernel/landlock.js';
import { SystemCallError } from '../../kernel/libc.js';
import { abiVersions, accessRights, linuxOfAbi, newestAbi } from '../../landlock/abi.js';
import { accessNames, allAccess } from '../../landlock/access-set.js';
import { landlockSupport } from '../../landlock/support.js';
import { lacksLandlock, testWhere } from '../support/requirements.js';

const abi = suite('the ABI table');

/** By Documentation/userspace-api/landlock.rst: how many rights each version knows. */
const counts: readonly (readonly [abi: number, fs: number, net: number, scope: number])[] = [
  [1, 13, 0, 0],
  [2, 14, 0, 0],
  [3, 15, 0, 0],
  [4, 15, 2, 0],
  [5, 16, 2, 0],
  [6, 16, 2, 2],
  [7, 16, 2, 2],
  [8, 16, 2, 2],
  [9, 17, 2, 2],
  [10, 17, 4, 2],
  [11, 17, 4, 2],
];

abi('has for each version as many rights as its documentation', () => {
  for (const [version, fs, net, scope] of counts) {
    assert.is(accessNames('fs', allAccess('fs', version)).length, fs, `fs of ABI ${version}`);
    assert.is(accessNames('net', allAccess('net', version)).length, net, `net of ABI ${version}`);
    assert.is(
      accessNames('scope', allAccess('scope', version)).length,
      scope,
      `scopes of ABI ${version}`,
    );
  }
});

abi('gives every right of a class a bit of its own, without holes', () => {
  for (const of of ['fs', 'net', 'scope']) {
    const bits = accessRights.filter((right) => right.class === of).map(({ bit }) => bit);
    assert.equal(
      bits.toSorted((one, other) => one - other),
      bits.map((_, index) => index),
    );
  }
});

abi('names every version once, the newest last', () => {
  assert.equal(
    abiVersions.map((version) => version.abi),
    Array.from({ length: newestAbi }, (_, index) => index + 1),
  );
  assert.is(linuxOfAbi(5), '6.10');
  assert.is(linuxOfAbi(newestAbi + 1), 'a later release');
});

const support = landlockSupport();
const own = support.available ? Math.min(support.abi, newestAbi) : 0;

testWhere(abi, lacksLandlock(), 'has the masks that the running kernel accepts', () => {
  closeFd(landlockCreateRuleset(handling(own), 0));
});

testWhere(abi, lacksLandlock(), 'has all that the running kernel knows of each class', () => {
  // A kernel that is newer than the table knows more, and says so by its version.
  if (support.available && support.abi > newestAbi) return;
  for (let field = 0; field < fieldsOf(own); field++) {
    const attributes = handling(own);
    const mask = attributes.readBigUInt64LE(field * 8);
    attributes.writeBigUInt64LE((mask << 1n) | 1n, field * 8);
    assert.throws(
      () => landlockCreateRuleset(attributes, 0),
      (error: unknown) => error instanceof SystemCallError && error.code === 'EINVAL',
    );
  }
});

abi.run();

/** struct landlock_ruleset_attr that handles all that a version knows. */
function handling(version: number): Buffer {
  const masks = [
    allAccess('fs', version),
    allAccess('net', version),
    allAccess('scope', version),
  ].slice(0, fieldsOf(version));
  const attributes = Buffer.alloc(masks.length * 8);
  for (const [field, mask] of masks.entries()) attributes.writeBigUInt64LE(BigInt(mask), field * 8);
  return attributes;
}

function fieldsOf(version: number): number {
  return version >= 6 ? 3 : version >= 4 ? 2 : 1;
}
