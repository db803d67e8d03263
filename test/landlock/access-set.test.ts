import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { accessRights } from '../../landlock/abi.js';
import {
  abiOfRight,
  accessNames,
  accessSet,
  allAccess,
  difference,
  type FsAccess,
  fileAccess,
  formatAccess,
  fsAccess,
  intersection,
  isRightOf,
  isSubset,
  netAccess,
  scopeSet,
  union,
} from '../../landlock/access-set.js';
import { Random } from '../support/random.js';

const accessSets = suite('access sets');

accessSets('are the bits of the kernel', () => {
  assert.is(fsAccess('execute'), 1);
  assert.is(fsAccess('execute', 'read_file', 'ioctl_dev'), 1 | 4 | 0x8000);
  assert.is(netAccess('bind_tcp', 'connect_tcp'), 3);
  assert.is(scopeSet('signal'), 2);
});

accessSets('are given back as their names, in the order of the kernel', () => {
  assert.equal(accessNames('fs', fsAccess('truncate', 'read_file')), ['read_file', 'truncate']);
  assert.is(formatAccess('fs', fsAccess('read_dir', 'read_file')), '{read_file,read_dir}');
  assert.is(formatAccess('net', netAccess()), '∅');
});

accessSets('survive the way to names and back', () => {
  for (const one of someSets()) assert.is(accessSet('fs', accessNames('fs', one)), one);
});

accessSets('obey the laws of sets', () => {
  const sets = someSets();
  for (const [at, one] of sets.entries()) {
    const other = sets[sets.length - 1 - at] ?? fsAccess();
    assert.is(union(one, other), union(other, one));
    assert.is(intersection(one, other), intersection(other, one));
    assert.is(union(one, one), one);
    assert.is(intersection(difference(one, other), other), 0);
    assert.is(union(difference(one, other), intersection(one, other)), one);
    assert.is(isSubset(one, other), difference(one, other) === 0);
    assert.ok(isSubset(intersection(one, other), one));
    assert.ok(isSubset(one, union(one, other)));
  }
});

accessSets('grow with the version of the ABI and never shrink', () => {
  for (let abi = 1; abi < 12; abi++) {
    assert.ok(isSubset(allAccess('fs', abi), allAccess('fs', abi + 1)));
    assert.ok(isSubset(allAccess('net', abi), allAccess('net', abi + 1)));
    assert.ok(isSubset(allAccess('scope', abi), allAccess('scope', abi + 1)));
  }
});

accessSets(
  'hold, of a right, what the version that brought it knows and the one before does not',
  () => {
    for (const { class: of, name, since } of accessRights) {
      assert.is(abiOfRight(of, name), since);
      assert.ok((accessNames(of, allAccess(of, since)) as readonly string[]).includes(name));
      assert.not.ok(
        (accessNames(of, allAccess(of, since - 1)) as readonly string[]).includes(name),
      );
    }
    assert.is(abiOfRight('net', 'execute'), undefined);
  },
);

accessSets('know which rights a file may carry', () => {
  assert.equal(accessNames('fs', fileAccess), [
    'execute',
    'write_file',
    'read_file',
    'truncate',
    'ioctl_dev',
    'resolve_unix',
  ]);
});

accessSets('refuse the name of another class', () => {
  assert.ok(isRightOf('net', 'bind_tcp'));
  assert.not.ok(isRightOf('fs', 'bind_tcp'));
  assert.throws(
    () => accessSet('fs', ['bind_tcp' as 'execute']),
    /fs\.bind_tcp is no access right/,
  );
});

accessSets.run();

function someSets(): readonly FsAccess[] {
  const random = new Random(1);
  const everything = allAccess('fs', Number.POSITIVE_INFINITY);
  const sets = Array.from({ length: 200 }, () => random.below(everything + 1) as FsAccess);
  return [fsAccess(), everything, ...sets];
}
