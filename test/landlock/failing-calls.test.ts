import { closeSync, constants as open, openSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { emptyRuleset } from '../../landlock/ruleset.js';
import { readings } from '../../tracer/strace/calls/index.js';
import { inDirectory } from '../support/command.js';
import { lacksLandlock, lacksRoot, testWhere } from '../support/requirements.js';
import { type Attempt, askKernel, plant } from './kernel-oracle.js';

const failing = suite('failing calls');

/** A call that fails without Landlock; a row's name is the call as the kernel has it. */
interface Row {
  readonly call: string;
  readonly tree: string;
  readonly attempt: (at: (name: string) => string) => Attempt;
  readonly end: string;
}

const { O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_RDWR, O_WRONLY } = open;

const rows: readonly Row[] = [
  opening('a/', 'a/f', O_RDONLY, 'ENOENT'),
  opening('a', 'a/f', O_RDONLY, 'ENOTDIR'),
  opening('a/f', 'a/f', O_RDONLY | O_DIRECTORY, 'ENOTDIR'),
  opening('a/f/', 'a/f', O_WRONLY, 'EISDIR'),
  opening('a/f/', 'a/f', O_WRONLY | O_CREAT, 'EISDIR'),
  opening('a/f', 'a/f', O_WRONLY | O_CREAT | O_EXCL, 'EEXIST'),
  opening('a/f@', 'a/f', O_RDONLY | O_NOFOLLOW, 'ELOOP'),
  opening('a/f|', 'a/f', O_WRONLY | O_NONBLOCK, 'ENXIO'),
  opening('a/f=', 'a/f', O_RDONLY, 'ENXIO'),
  executing('', 'ENOENT'),
  executing('a/f', 'ENOEXEC'),
  { call: 'mkdir', tree: 'a/f/', attempt: (at) => ['mkdir', at('a/f')], end: 'EEXIST' },
  { call: 'mkdir', tree: '', attempt: (at) => ['mkdir', at('a/f')], end: 'ENOENT' },
  { call: 'mkdir', tree: 'a', attempt: (at) => ['mkdir', at('a/f')], end: 'ENOTDIR' },
  { call: 'mknod', tree: 'a/f', attempt: (at) => ['mknod', at('a/f'), 'fifo'], end: 'EEXIST' },
  { call: 'symlink', tree: 'a/f', attempt: (at) => ['symlink', at('a/f')], end: 'EEXIST' },
  { call: 'rmdir', tree: 'a/f/g', attempt: (at) => ['rmdir', at('a/f')], end: 'ENOTEMPTY' },
  { call: 'rmdir', tree: 'a/f', attempt: (at) => ['rmdir', at('a/f')], end: 'ENOTDIR' },
  { call: 'rmdir', tree: 'a/', attempt: (at) => ['rmdir', at('a/f')], end: 'ENOENT' },
  { call: 'unlink', tree: 'a/f/', attempt: (at) => ['unlink', at('a/f')], end: 'EISDIR' },
  { call: 'unlink', tree: 'a/', attempt: (at) => ['unlink', at('a/f')], end: 'ENOENT' },
  moving('rename', 'a/', 'ENOENT'),
  moving('rename', 'a/f/ a/g', 'ENOTDIR'),
  moving('rename', 'a/f a/g/', 'EISDIR'),
  moving('rename', 'a/f/ a/g/h', 'ENOTEMPTY'),
  {
    call: 'rename',
    tree: 'a/f/',
    attempt: (at) => ['rename', at('a/f'), at('a/f/g')],
    end: 'EINVAL',
  },
  moving('link', 'a/f a/g', 'EEXIST'),
  moving('link', 'a/', 'ENOENT'),
  { call: 'truncate', tree: 'a/f/', attempt: (at) => ['truncate', at('a/f')], end: 'EISDIR' },
  { call: 'truncate', tree: 'a/f|', attempt: (at) => ['truncate', at('a/f')], end: 'EINVAL' },
];

testWhere(failing, lacksLandlock(7), 'reach Landlock first where the tracer takes them so', () =>
  agreeWithTheTracer(rows),
);

testWhere(
  failing,
  lacksLandlock(7) ?? lacksRoot(),
  'of devices without a driver reach Landlock first',
  () => agreeWithTheTracer([opening('a/f^', 'a/f', O_RDWR, 'ENXIO')]),
);

testWhere(failing, lacksLandlock(7), 'of sockets reach Landlock first', async () => {
  const server = createServer();
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port: 0, host: '127.0.0.1' }, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  const row = { tree: '', attempt: (): Attempt => ['bind', port] };
  await agreeWithTheTracer([{ ...row, call: 'bind', end: 'EADDRINUSE' }]);
  await new Promise((resolve) => server.close(resolve));
  const refused = (): Attempt => ['connect', port];
  await agreeWithTheTracer([{ call: 'connect', tree: '', attempt: refused, end: 'ECONNREFUSED' }]);
});

testWhere(
  failing,
  lacksLandlock(7),
  'of programs that are being written reach Landlock first',
  () =>
    inDirectory((directory) => {
      const path = join(directory, 'f');
      plant(directory, 'f');
      const writer = openSync(path, 'r+');
      try {
        const attempts: Attempt[] = [['execute', path]];
        assert.equal(askKernel({ abi: 7, layers: [], attempts }), ['ETXTBSY']);
        assert.equal(askKernel({ abi: 7, layers: [emptyRuleset(7)], attempts }), ['EACCES']);
      } finally {
        closeSync(writer);
      }
      assert.ok(asksFirst({ call: 'execve', end: 'ETXTBSY' }));
    }),
);

testWhere(failing, lacksLandlock(7), 'to bind a path that is taken come before Landlock', () =>
  inDirectory((directory) => {
    plant(directory, 'f');
    const attempts: Attempt[] = [['bind-path', join(directory, 'f')]];
    assert.equal(askKernel({ abi: 7, layers: [emptyRuleset(7)], attempts }), ['EADDRINUSE']);
  }),
);

failing.run();

/** Compares how each call ends in no domain, and in one that grants nothing. */
function agreeWithTheTracer(table: readonly Row[]): Promise<void> {
  return inDirectory((directory) => {
    const attempts = table.map(({ tree, attempt }, number) => {
      const root = join(directory, String(number));
      plant(root, tree);
      return attempt((name) => join(root, name));
    });
    const free = askKernel({ abi: 7, layers: [], attempts });
    const denied = askKernel({ abi: 7, layers: [emptyRuleset(7)], attempts });
    const title = ({ call, tree }: Row) => `${call} in "${tree}"`;
    assert.equal(
      table.map((row, number) => `${title(row)}: ${free[number]}`),
      table.map((row) => `${title(row)}: ${row.end}`),
    );
    assert.equal(
      table.map((row, number) => `${title(row)}: ${denied[number] !== row.end}`),
      table.map((row) => `${title(row)}: ${asksFirst(row)}`),
    );
  });
}

/** Whether the tracer takes a failed call for one that had passed Landlock. */
function asksFirst({ call, end }: Pick<Row, 'call' | 'end'>): boolean {
  const first = readings.get(call)?.checkedThenFailed;
  assert.ok(first, `the tracer does not read ${call}`);
  return first === 'all' || first.has(end);
}

function opening(tree: string, path: string, flags: number, end: string): Row {
  return { call: 'open', tree, attempt: (at) => ['open', at(path), flags], end };
}

function executing(tree: string, end: string): Row {
  return { call: 'execve', tree, attempt: (at) => ['execute', at('a/f')], end };
}

function moving(call: 'rename' | 'link', tree: string, end: string): Row {
  return { call, tree, attempt: (at) => [call, at('a/f'), at('a/g')], end };
}
