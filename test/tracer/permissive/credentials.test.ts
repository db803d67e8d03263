import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Credentials, credentialsIn } from '../../../tracer/permissive/credentials.js';
import { modeSaysYes } from '../../../tracer/permissive/permissions.js';

const credentials = suite('credentials and file modes');

const status = (groups: string, capabilities: string) =>
  `Name:\tsh\nTgid:\t7\nPPid:\t1\nUid:\t1\t2\t3\t4\nGid:\t5\t6\t7\t8\nFDSize:\t64\n` +
  `Groups:\t${groups} \nNStgid:\t7\nCapInh:\t0000000000000000\nCapPrm:\t000001ffffffffff\n` +
  `CapEff:\t${capabilities}\nCapBnd:\t000001ffffffffff\n`;

credentials('files are checked by the file-system ids and the effective capabilities', () => {
  const none = { user: 4, group: 8, groups: [], overrides: false, reads: false };
  assert.equal(credentialsIn(status('', '0000000000000000')), none);
  assert.equal(credentialsIn(status('9 100', '0000000000000000')).groups, [9, 100]);
  assert.is(credentialsIn(status('', '000001ffffffffff')).overrides, true);
  assert.equal(credentialsIn(status('', '0000000000000004')), { ...none, reads: true });
});

const ordinary: Credentials = { user: 7, group: 8, groups: [9], overrides: false, reads: false };
const file = (mode: number, uid = 7, gid = 8) => ({ mode: 0o100000 | mode, uid, gid });
const directory = (mode: number) => ({ mode: 0o040000 | mode, uid: 0, gid: 0 });

credentials('the first that fits of owner, group and others decides alone', () => {
  assert.is(modeSaysYes(ordinary, file(0o077), ['read']), false);
  assert.is(modeSaysYes(ordinary, file(0o400), ['read']), true);
  assert.is(modeSaysYes(ordinary, file(0o040, 0), ['read']), true);
  assert.is(modeSaysYes(ordinary, file(0o040, 0, 9), ['read']), true);
  assert.is(modeSaysYes(ordinary, file(0o707, 0, 9), ['read']), false);
  assert.is(modeSaysYes(ordinary, file(0o004, 0, 0), ['read']), true);
  assert.is(modeSaysYes(ordinary, file(0o004, 0, 0), ['read', 'write']), false);
});

credentials('who overrides permissions executes what somebody may execute', () => {
  const root = { ...ordinary, user: 0, overrides: true };
  assert.is(modeSaysYes(root, file(0), ['read', 'write']), true);
  assert.is(modeSaysYes(root, file(0o600), ['execute']), false);
  assert.is(modeSaysYes(root, file(0o001), ['execute']), true);
  assert.is(modeSaysYes(root, directory(0), ['write', 'execute']), true);
});

credentials('who reads and searches everything does not write', () => {
  const reader = { ...ordinary, reads: true };
  assert.is(modeSaysYes(reader, file(0, 0, 0), ['read']), true);
  assert.is(modeSaysYes(reader, file(0, 0, 0), ['execute']), false);
  assert.is(modeSaysYes(reader, directory(0), ['read', 'execute']), true);
  assert.is(modeSaysYes(reader, directory(0), ['write', 'execute']), false);
});

credentials('root without capabilities is bound as others are', () => {
  const bound = { ...ordinary, user: 0, group: 0 };
  assert.is(modeSaysYes(bound, file(0o600), ['read']), false);
});

credentials.run();
