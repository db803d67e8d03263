import { closeSync, constants, openSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { closeFd, openPipe } from '../../kernel/descriptors.js';
import {
  landlockAddRule,
  landlockCreateRuleset,
  landlockRestrictSelf,
} from '../../kernel/landlock.js';
import { SystemCallError } from '../../kernel/libc.js';
import { allAccess, fsAccess, netAccess } from '../../landlock/access-set.js';
import { lacksLandlock, lacksRoot, testWhere } from '../support/requirements.js';

const calls = suite("Landlock's system calls");
const lack = lacksLandlock(6);

const PATH_BENEATH = 1;
const NET_PORT = 2;

testWhere(calls, lack, 'refuse a ruleset that the kernel cannot make', () => {
  const refused = (attributes: Buffer | null, flags = 0) =>
    errorOf(() => landlockCreateRuleset(attributes, flags));
  assert.is(refused(attributesOf({ fs: 2 ** 40 })), 'EINVAL', 'a right that nobody knows');
  assert.is(refused(attributesOf({ net: 2 ** 40 })), 'EINVAL', 'a right that nobody knows');
  assert.is(refused(attributesOf({ scoped: 2 ** 40 })), 'EINVAL', 'a scope that nobody knows');
  assert.is(refused(attributesOf({ fs: 1 }), 2 ** 30), 'EINVAL', 'a flag that nobody knows');
  assert.is(refused(attributesOf({})), 'ENOMSG', 'nothing handled');
  assert.is(refused(Buffer.alloc(7)), 'EINVAL', 'less than the first version had');
  assert.is(refused(Buffer.alloc(4097, 1)), 'E2BIG', 'more than a page');
  const longer = Buffer.concat([attributesOf({ fs: 1 }), Buffer.alloc(64, 1)]);
  assert.is(refused(longer), 'E2BIG', 'more than this kernel knows, and not zero');
});

testWhere(
  calls,
  lack,
  'take a ruleset that is longer than this kernel knows, if that is zero',
  () => {
    const longer = Buffer.concat([attributesOf({ fs: 1 }), Buffer.alloc(64)]);
    closeFd(landlockCreateRuleset(longer, 0));
  },
);

testWhere(calls, lack, 'refuse a rule that the ruleset cannot have', () =>
  withRuleset((ruleset) => {
    const onPath = (path: string, access: number, to = ruleset) =>
      withObject(path, (object) =>
        errorOf(() => landlockAddRule(to, PATH_BENEATH, beneath(access, object))),
      );
    assert.is(onPath('/', fsAccess('read_dir')), undefined);
    assert.is(onPath('/etc/passwd', fsAccess('read_file', 'execute')), undefined);
    assert.is(onPath('/etc/passwd', fsAccess('read_dir')), 'EINVAL', "a directory's right");
    assert.is(onPath('/', fsAccess('make_sym')), 'EINVAL', 'a right that is not handled');
    assert.is(onPath('/', fsAccess('refer')), 'EINVAL', 'denied, and still not handled');
    assert.is(onPath('/', 0), 'ENOMSG', 'no right');
    assert.is(onPath('/', fsAccess('read_dir'), 9999), 'EBADF', 'no ruleset');
    withObject('/', (object) => {
      assert.is(onPath('/', fsAccess('read_dir'), object), 'EBADF', 'a path');
    });
    const onObject = (object: number) =>
      errorOf(() => landlockAddRule(ruleset, PATH_BENEATH, beneath(fsAccess('read_file'), object)));
    assert.is(onObject(9999), 'EBADF', 'no object');
    assert.is(onObject(ruleset), 'EBADFD', 'a ruleset');
    const { read, write } = openPipe();
    assert.is(onObject(read), 'EBADFD', 'a pipe');
    closeFd(read);
    closeFd(write);
    assert.is(
      errorOf(() => landlockAddRule(ruleset, 99, Buffer.alloc(16))),
      'EINVAL',
      'no type',
    );
  }),
);

testWhere(calls, lack, 'refuse a rule for a port that there is not', () =>
  withRuleset((ruleset) => {
    const onPort = (port: number, access: number) =>
      errorOf(() => landlockAddRule(ruleset, NET_PORT, portRule(access, port)));
    assert.is(onPort(65535, netAccess('bind_tcp')), undefined);
    assert.is(onPort(0, netAccess('bind_tcp')), undefined);
    assert.is(onPort(65536, netAccess('bind_tcp')), 'EINVAL', 'too high');
    assert.is(onPort(80, netAccess('connect_tcp')), 'EINVAL', 'a right that is not handled');
    assert.is(onPort(80, 0), 'ENOMSG', 'no right');
  }),
);

/** An ordinary user has to set no_new_privs before, which could not be undone here. */
testWhere(calls, lack ?? lacksRoot(), 'refuse to restrict by what is no ruleset', () => {
  const refused = (descriptor: number, flags = 0) =>
    errorOf(() => landlockRestrictSelf(descriptor, flags));
  assert.is(refused(9999), 'EBADF');
  const directory = openSync('/', constants.O_RDONLY);
  assert.is(refused(directory), 'EBADFD');
  closeSync(directory);
  withRuleset((ruleset) => {
    assert.is(refused(ruleset, 2 ** 30), 'EINVAL', 'a flag that nobody knows');
  });
});

calls.run();

function errorOf(call: () => unknown): string | undefined {
  try {
    call();
    return undefined;
  } catch (error) {
    if (error instanceof SystemCallError) return error.code;
    throw error;
  }
}

/** A ruleset that handles all but a few rights. */
function withRuleset(act: (ruleset: number) => void): void {
  const fs = allAccess('fs', 1) & ~fsAccess('make_sym');
  const ruleset = landlockCreateRuleset(attributesOf({ fs, net: netAccess('bind_tcp') }), 0);
  try {
    act(ruleset);
  } finally {
    closeFd(ruleset);
  }
}

function withObject<Result>(path: string, act: (object: number) => Result): Result {
  const object = openSync(path, 0o10000000);
  try {
    return act(object);
  } finally {
    closeSync(object);
  }
}

/** struct landlock_ruleset_attr, of ABI 6. */
function attributesOf(handled: { fs?: number; net?: number; scoped?: number }): Buffer {
  const attributes = Buffer.alloc(24);
  attributes.writeBigUInt64LE(BigInt(handled.fs ?? 0), 0);
  attributes.writeBigUInt64LE(BigInt(handled.net ?? 0), 8);
  attributes.writeBigUInt64LE(BigInt(handled.scoped ?? 0), 16);
  return attributes;
}

function beneath(access: number, object: number): Buffer {
  const attributes = Buffer.alloc(12);
  attributes.writeBigUInt64LE(BigInt(access), 0);
  attributes.writeInt32LE(object, 8);
  return attributes;
}

function portRule(access: number, port: number): Buffer {
  const attributes = Buffer.alloc(16);
  attributes.writeBigUInt64LE(BigInt(access), 0);
  attributes.writeBigUInt64LE(BigInt(port), 8);
  return attributes;
}
