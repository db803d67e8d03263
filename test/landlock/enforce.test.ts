import { chmodSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { closeFd, openPipe } from '../../kernel/descriptors.js';
import { pathToBytes } from '../../kernel/path-bytes.js';
import { allAccess, fsAccess, netAccess } from '../../landlock/access-set.js';
import { type Omission, prepareRuleset } from '../../landlock/enforce.js';
import { emptyRuleset, type PathBeneath, type Ruleset } from '../../landlock/ruleset.js';
import { landlockSupport } from '../../landlock/support.js';
import { inDirectory } from '../support/command.js';
import { lacksLandlock, testWhere } from '../support/requirements.js';
import { askKernel, plant } from './kernel-oracle.js';
import { runningKernel } from './laboratory/kernel.js';

const enforcing = suite('enforcing');
const abi = Math.min(runningKernel().abi, 7);
const lack = lacksLandlock();

testWhere(enforcing, lack, 'leaves nothing out of a ruleset that is as the kernel takes it', () =>
  inDirectory((directory) => {
    plant(directory, 'a/f');
    const omissions = omissionsOf([
      { path: join(directory, 'a'), access: allAccess('fs', abi) },
      { path: join(directory, 'a/f'), access: fsAccess('read_file', 'execute') },
    ]);
    assert.equal(omissions, []);
  }),
);

testWhere(enforcing, lack, 'skips what does not exist, and says so', () =>
  inDirectory((directory) => {
    plant(directory, 'f');
    const missing = [join(directory, 'nothing'), join(directory, 'f/beneath-a-file')];
    assert.equal(
      omissionsOf(missing.map((path) => ({ path, access: fsAccess('read_file') }))),
      missing.map((path) => ({ kind: 'missing-path', path })),
    );
  }),
);

testWhere(enforcing, lack, 'says of a path that it cannot reach why', () =>
  inDirectory((directory) => {
    const path = join(directory, 'x'.repeat(300));
    assert.equal(omissionsOf([{ path, access: fsAccess('read_file') }]), [
      { kind: 'unreachable-path', path, code: 'ENAMETOOLONG' },
    ]);
  }),
);

testWhere(
  enforcing,
  lack,
  'drops from a file the rights of directories, and keeps the others',
  () =>
    inDirectory((directory) => {
      plant(directory, 'f g');
      const path = join(directory, 'f');
      const other = join(directory, 'g');
      const omissions = omissionsOf([
        { path, access: fsAccess('read_file', 'read_dir', 'make_reg') },
        { path: other, access: fsAccess('make_dir') },
      ]);
      assert.equal(omissions, [
        { kind: 'directory-right-on-file', path, rights: 'read_dir, make_reg' },
        { kind: 'directory-right-on-file', path: other, rights: 'make_dir' },
      ]);
    }),
);

testWhere(enforcing, lack, 'takes no rule on a pipe, on which no right is ever asked', () => {
  const { read, write } = openPipe();
  const path = `/proc/self/fd/${read}`;
  assert.equal(omissionsOf([{ path, access: fsAccess('read_file') }]), [
    { kind: 'unruly-path', path },
  ]);
  closeFd(read);
  closeFd(write);
});

testWhere(enforcing, lack, 'takes rules on files whose names are not UTF-8', () =>
  inDirectory((directory) => {
    const path = `${directory}/caf\udce9`;
    mkdirSync(pathToBytes(path));
    assert.equal(omissionsOf([{ path, access: fsAccess('read_dir') }]), []);
  }),
);

testWhere(enforcing, lack, 'takes rules on files that may not be read', () =>
  inDirectory((directory) => {
    plant(directory, 'f');
    const path = join(directory, 'f');
    chmodSync(path, 0);
    assert.equal(omissionsOf([{ path, access: fsAccess('read_file') }]), []);
  }),
);

testWhere(
  enforcing,
  lacksLandlock(2),
  'drops what an older ABI does not know, and says what',
  () => {
    const ruleset: Ruleset = {
      ...emptyRuleset(7),
      paths: [{ path: '/', access: fsAccess('read_file', 'truncate') }],
      ports: [{ port: 80, access: netAccess('bind_tcp') }],
    };
    const { descriptor, omissions } = prepareRuleset(ruleset, 2);
    closeFd(descriptor);
    assert.equal(omissions, [
      {
        kind: 'no-longer-handled',
        rights: 'truncate, ioctl_dev, bind_tcp, connect_tcp, abstract_unix_socket, signal',
      },
    ]);
  },
);

testWhere(enforcing, lack, "works with the structures of every ABI up to the kernel's", () => {
  const support = landlockSupport();
  for (let older = 1; support.available && older <= Math.min(support.abi, 11); older++) {
    const { descriptor, omissions } = prepareRuleset(emptyRuleset(older), older);
    closeFd(descriptor);
    assert.equal(omissions, []);
  }
});

testWhere(enforcing, lack, 'leaves no descriptor behind but the ruleset', () =>
  inDirectory((directory) => {
    plant(directory, 'f');
    const before = readdirSync('/proc/self/fd').length;
    const { descriptor } = prepareRuleset(
      {
        ...emptyRuleset(abi),
        paths: [
          { path: directory, access: fsAccess('read_file') },
          { path: join(directory, 'f'), access: fsAccess('make_reg') },
          { path: join(directory, 'g'), access: fsAccess('make_reg') },
        ],
      },
      abi,
    );
    assert.is(readdirSync('/proc/self/fd').length, before + 1);
    closeFd(descriptor);
  }),
);

// Of the first ABI, Linux 5.13 takes 64 layers, and 5.15 with its updates 16.
testWhere(enforcing, lacksLandlock(2), 'stacks sixteen layers, and the kernel takes no more', () =>
  inDirectory((directory) => {
    plant(directory, 'f');
    const ruleset = {
      ...emptyRuleset(abi),
      paths: [{ path: directory, access: fsAccess('read_file') }],
    };
    const attempts = [['open', join(directory, 'f'), 0]] as const;
    const layers = (count: number) => Array.from({ length: count }, () => ruleset);
    assert.equal(askKernel({ abi, layers: layers(16), attempts }), ['ok']);
    assert.throws(
      () => askKernel({ abi, layers: layers(17), attempts }),
      /landlock_restrict_self: E2BIG/,
    );
  }),
);

testWhere(enforcing, lack, 'binds a rule to the file, not to its name', () =>
  inDirectory((directory) => {
    plant(directory, 'f g/');
    const paths = [
      { path: join(directory, 'f'), access: fsAccess('read_file') },
      { path: directory, access: fsAccess('make_reg', 'remove_file') },
    ];
    const answers = askKernel({
      abi,
      layers: [{ ...emptyRuleset(abi), paths }],
      attempts: [
        ['open', join(directory, 'f'), 0],
        ['rename', join(directory, 'f'), join(directory, 'moved')],
        ['open', join(directory, 'moved'), 0],
        ['mknod', join(directory, 'f'), 'regular'],
        ['open', join(directory, 'f'), 0],
      ],
    });
    assert.equal(answers, ['ok', 'ok', 'ok', 'ok', 'EACCES']);
  }),
);

enforcing.run();

function omissionsOf(paths: readonly PathBeneath[]): readonly Omission[] {
  const { descriptor, omissions } = prepareRuleset({ ...emptyRuleset(abi), paths }, abi);
  closeFd(descriptor);
  return omissions;
}
