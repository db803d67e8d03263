import { mkdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createParser } from 'strace-parser';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { architecture } from '../../../kernel/syscall-numbers.js';
import type { Operation } from '../../../landlock/operation.js';
import { StraceInterpreter } from '../../../tracer/strace/interpreter.js';
import { inDirectory } from '../../support/command.js';

const reading = suite('reading strace as operations');

reading('an open that succeeded is where the kernel says that it led', () => {
  assert.equal(opens('7 openat(AT_FDCWD</tmp>, "link", O_RDONLY|O_CLOEXEC) = 3</etc/passwd>'), [
    { path: '/etc/passwd', type: 'regular', read: true, write: false, create: 'no' },
  ]);
});

reading('an open that found nothing, or that file permissions forbid, asks for nothing', () => {
  assert.equal(opens('7 openat(AT_FDCWD</>, "/nope", O_RDONLY) = -1 ENOENT (No such file)'), []);
  assert.equal(opens('7 openat(AT_FDCWD</>, "/etc/shadow", O_RDONLY) = -1 EACCES (denied)'), []);
});

reading('an open that failed once the file was found was asked of Landlock', () => {
  const [open] = opens('7 openat(AT_FDCWD</>, "/dev/null", O_RDWR) = -1 ENXIO (No device)');
  assert.is(open?.path, '/dev/null');
  assert.is(open?.type, 'char-device');
});

reading('O_PATH and pipes ask for nothing', () => {
  assert.equal(opens('7 openat(AT_FDCWD</>, "/etc", O_RDONLY|O_PATH) = 3</etc>'), []);
  assert.equal(opens('7 openat(AT_FDCWD</>, "/proc/self/fd/4", O_WRONLY) = 3<pipe:[81]>'), []);
});

reading('a directory is one also without O_DIRECTORY', () => {
  const [open] = opens('7 openat(AT_FDCWD</>, "/usr", O_RDONLY) = 3</usr>');
  assert.is(open?.type, 'directory');
});

reading('O_CREAT made what is younger than the run, and found what is older', () =>
  inDirectory((directory) => {
    const old = join(directory, 'old');
    writeFileSync(old, '');
    const start = Date.now() + 1000;
    const log = (name: string) =>
      `7 openat(AT_FDCWD</>, "${name}", O_WRONLY|O_CREAT|O_TRUNC, 0666) = 3<${name}>`;
    assert.is(opens(log(old), { start })[0]?.create, 'existing');
    assert.is(opens(log(old), { start: 0 })[0]?.create, 'new');
    assert.is(opens(log(join(directory, 'gone')), { start })[0]?.create, 'new');
  }),
);

reading('O_CREAT finds what the run itself made, and makes what it removed', () => {
  const create = '7 openat(AT_FDCWD</>, "/nope/x", O_WRONLY|O_CREAT, 0666) = 3</nope/x>';
  const made = opens([create, create, '7 unlink("/nope/x") = 0', create].join('\n'));
  assert.equal(
    made.map((open) => open.create),
    ['new', 'existing', 'new'].slice(0, made.length),
  );
  assert.is(made.length, 2, 'equal operations are one record');
});

reading('relative names start where the thread is, and threads share that', () => {
  const { operations } = interpret(
    [
      '7 chdir("/usr") = 0',
      '7 clone3({flags=CLONE_VM|CLONE_FS|CLONE_THREAD, exit_signal=0}, 88) = 8',
      '8 chdir("lib") = 0',
      '7 mkdir("here", 0777) = 0',
      '7 fork() = 9',
      '9 chdir("/etc") = 0',
      '7 mkdir("still-here", 0777) = 0',
      '9 mkdir("there", 0777) = 0',
    ].join('\n'),
  );
  assert.equal(pathsOf(operations.map(({ operation }) => operation)), [
    '/usr/lib/here',
    '/usr/lib/still-here',
    '/etc/there',
  ]);
});

reading('calls of a child that come before its parent knows of it wait for that', () => {
  const { operations, gaps } = interpret(
    [
      '7 chdir("/usr") = 0',
      '7 vfork( <unfinished ...>',
      '8 mkdir("made", 0777) = 0',
      '7 <... vfork resumed>) = 8',
      '8 +++ exited with 0 +++',
    ].join('\n'),
  );
  assert.equal(pathsOf(operations.map(({ operation }) => operation)), ['/usr/made']);
  assert.equal(gaps, []);
});

reading('symlinks in directories are followed, and the last name is not', () =>
  inDirectory((directory) => {
    mkdirSync(join(directory, 'real'));
    symlinkSync('real', join(directory, 'link'));
    symlinkSync('nowhere', join(directory, 'real', 'last'));
    const { operations } = interpret(`7 unlink("${directory}/link/../link/last") = 0`);
    assert.equal(pathsOf(operations.map(({ operation }) => operation)), [
      join(directory, 'real', 'last'),
    ]);
  }),
);

reading('/proc/self is the process that asks, and the first one keeps the name', () => {
  const lines = [
    '7 openat(AT_FDCWD</>, "/proc/self/status", O_RDONLY) = 3</proc/7/status>',
    '7 fork() = 8',
    '8 openat(AT_FDCWD</>, "/proc/self/status", O_RDONLY) = 3</proc/8/status>',
    '8 openat(AT_FDCWD</>, "/proc/7/task/7/comm", O_RDONLY) = 3</proc/7/task/7/comm>',
  ];
  assert.equal(
    opens(lines.join('\n')).map(({ path }) => path),
    ['/proc/self/status', '/proc/[pid]/status', '/proc/self/task/[tid]/comm'],
  );
});

reading('a program brings its interpreters, which no call shows', () =>
  inDirectory((directory) => {
    const script = join(directory, 'script');
    writeFileSync(script, '#!/bin/sh -e\n', { mode: 0o755 });
    const { operations } = interpret(`7 execve("${script}", ["x"], 0x7ff /* 3 vars */) = 0`);
    const [first] = operations;
    assert.is(first?.executable, script);
    if (first?.operation.kind !== 'execute') throw new Error('expected an execute');
    assert.is(first.operation.program, script);
    assert.match(first.operation.interpreters[0] ?? '', /\/(dash|bash|busybox|sh)$/);
    assert.match(first.operation.interpreters[1] ?? '', /\/ld-|^$/);
  }),
);

reading('a search along PATH asks for the program that was found alone', () => {
  const { operations } = interpret(
    [
      '7 execve("/usr/local/sbin/true", ["true"], 0x7ff /* 3 vars */) = -1 ENOENT (No such file)',
      '7 execve("/etc/passwd", ["true"], 0x7ff /* 3 vars */) = -1 EACCES (Permission denied)',
      '7 execve("/usr/bin/true", ["true"], 0x7ff /* 3 vars */) = 0',
    ].join('\n'),
  );
  assert.is(operations.length, 1);
});

reading('a rename within a directory tells what it replaced', () => {
  const lines = [
    '7 openat(AT_FDCWD</>, "/nope/a", O_RDONLY) = 3</nope/a>',
    '7 rename("/nope/b", "/nope/a") = 0',
    '7 rename("/nope/a", "/nope/c") = 0',
    '7 rename("/nope/x", "/nope/a") = 0',
  ];
  const { operations } = interpret(lines.join('\n'));
  const replaced = operations.flatMap(({ operation }) =>
    operation.kind === 'rename' ? [operation.replaced] : [],
  );
  assert.equal(replaced, ['regular', 'regular', null]);
});

reading('what the run made, removed or moved counts as changed', () => {
  const { objects } = interpret(
    [
      '7 mkdir("/nope/made", 0777) = 0',
      '7 openat(AT_FDCWD</>, "/etc/passwd", O_RDONLY) = 3</etc/passwd>',
      '7 rename("/nope/from", "/nope/to") = 0',
    ].join('\n'),
  );
  const state = (path: string) => objects.find((object) => object.path === path);
  assert.is(state('/nope/made')?.before, 'missing');
  assert.is(state('/nope/made')?.changed, true);
  assert.is(state('/etc/passwd')?.changed, false);
  assert.is(state('/nope/from')?.changed, true);
  assert.is(state('/nope/to')?.changed, true);
});

reading('TCP and UDP are told apart by the socket, and other protocols ask for nothing', () => {
  const to = '{sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("127.0.0.1")}, 16) = 0';
  const { operations } = interpret(
    [
      `7 connect(3<TCP:[1]>, ${to}`,
      `7 connect(3<UDP:[1]>, ${to}`,
      `7 connect(3<SCTP:[1]>, ${to}`,
      '7 connect(3<TCPv6:[1]>, {sa_family=AF_UNSPEC, sa_data="\\0"}, 16) = 0',
    ].join('\n'),
  );
  assert.equal(
    operations.map(({ operation }) => operation),
    [
      { kind: 'connect', protocol: 'tcp', port: 53 },
      { kind: 'connect', protocol: 'udp', port: 53 },
    ],
  );
});

reading('an abstract socket of the program itself is inside, and any other is not', () => {
  const { operations } = interpret(
    [
      '7 bind(3<UNIX-STREAM:[1]>, {sa_family=AF_UNIX, sun_path=@"own"}, 6) = 0',
      '7 connect(4<UNIX-STREAM:[2]>, {sa_family=AF_UNIX, sun_path=@"own"}, 6) = 0',
      '7 connect(4<UNIX-STREAM:[2]>, {sa_family=AF_UNIX, sun_path=@"other"}, 8) = 0',
    ].join('\n'),
  );
  assert.equal(
    operations.map(({ operation }) => operation),
    [
      { kind: 'connect-abstract', name: 'own', inside: true },
      { kind: 'connect-abstract', name: 'other', inside: false },
    ],
  );
});

reading('signals to the own processes stay inside', () => {
  const { operations } = interpret(
    [
      '7 fork() = 8',
      '7 kill(8, SIGTERM) = 0',
      '7 kill(0, SIGTERM) = 0',
      '7 kill(1, SIG_0) = 0',
    ].join('\n'),
  );
  assert.equal(
    operations.map(({ operation }) => operation.kind === 'signal' && operation.inside),
    [true, false],
  );
});

reading('a descriptor that was inherited asks for nothing when it is cut or controlled', () => {
  const { operations } = interpret(
    [
      '7 ftruncate(1</var/log/x>, 0) = 0',
      '7 ioctl(0</dev/null<char 1:3>>, TCGETS, 0x7ff) = -1 ENOTTY (Inappropriate ioctl)',
      '7 openat(AT_FDCWD</>, "/dev/null", O_RDWR) = 3</dev/null<char 1:3>>',
      '7 ioctl(3</dev/null<char 1:3>>, FIOCLEX) = 0',
      '7 ioctl(3</dev/null<char 1:3>>, TCGETS, 0x7ff) = -1 ENOTTY (Inappropriate ioctl)',
    ].join('\n'),
  );
  assert.equal(
    operations.map(({ operation }) => operation.kind),
    ['open', 'device-ioctl'],
  );
});

reading('what cannot be read, or seen, is stamped and never dropped', () => {
  const { gaps } = interpret(
    [
      '7 io_uring_setup(8, {flags=0}) = 3<anon_inode:[io_uring]>',
      'what is this line',
      '7 unshare(CLONE_NEWNS) = 0',
      '9 mkdir("relative", 0777) = 0',
    ].join('\n'),
  );
  assert.equal(gaps.map(({ kind }) => kind).sort(), [
    'io-uring',
    'namespace',
    'unparsed',
    'unresolved',
    'unresolved',
  ]);
});

reading('the end of the first process is the end of the run', () => {
  assert.equal(interpret('7 mkdir("/x", 0) = 0\n7 +++ exited with 3 +++').outcome, {
    kind: 'exited',
    status: 3,
  });
  assert.equal(interpret('7 mkdir("/x", 0) = 0\n7 +++ killed by SIGSEGV +++').outcome, {
    kind: 'killed',
    signal: 'SIGSEGV',
  });
});

reading('a program that is gone is taken to be interpreted as its parent was', () =>
  inDirectory((directory) => {
    const program = join(directory, 'gone');
    writeFileSync(program, '');
    rmSync(program);
    const lines = `7 execve("/usr/bin/true", ["true"], 0x7ff) = 0\n7 execve("${program}", ["x"], 0x7ff) = 0`;
    const [first, second] = interpret(lines).operations.map(({ operation }) => operation);
    if (first?.kind !== 'execute' || second?.kind !== 'execute') throw new Error('two executes');
    assert.equal(second.interpreters, first.interpreters.slice(-1));
  }),
);

/** Each failed in one way without Landlock and in another under an empty ruleset, or did not. */
for (const [line, asked] of [
  ['7 rmdir("/usr/lib") = -1 ENOTEMPTY (Not empty)', true],
  ['7 rmdir("/etc/passwd") = -1 ENOTDIR (Not a directory)', true],
  ['7 unlink("/usr") = -1 EISDIR (Is a directory)', true],
  ['7 unlink("/etc/passwd/") = -1 ENOTDIR (Not a directory)', false],
  ['7 unlink("/tmp/of-another") = -1 EPERM (Not permitted)', true],
  ['7 link("/etc/passwd", "/nope") = -1 EPERM (Not permitted)', false],
  ['7 kill(1, 0) = -1 EPERM (Not permitted)', false],
  ['7 rmdir("/") = -1 EBUSY (Busy)', false],
  ['7 rmdir("usr/..") = -1 ENOTEMPTY (Not empty)', false],
  ['7 link("/etc/passwd", "/etc/passwd/x") = -1 ENOTDIR (Not a directory)', false],
  ['7 rename("/usr", "/usr/lib/x") = -1 EINVAL (Invalid)', false],
  ['7 rename("/usr/lib", "/usr") = -1 ENOTEMPTY (Not empty)', false],
  ['7 rename("/etc/passwd", "/etc/passwd") = 0', true],
  ['7 openat(AT_FDCWD</>, ".", O_RDONLY|O_TMPFILE) = -1 EINVAL (Invalid)', false],
  ['7 openat(AT_FDCWD</>, "usr", O_RDONLY|O_CREAT|O_DIRECTORY, 0666) = -1 EINVAL (Invalid)', false],
  ['7 bind(3<TCP:[8]>, {sa_family=AF_INET, sin_port=htons(80)}, 16) = -1 EINVAL (Invalid)', true],
  ['7 bind(3<UNIX:[8]>, {sa_family=AF_UNIX, sun_path="/nope"}, 110) = -1 EINVAL (Invalid)', true],
] as const) {
  reading(`${line}: ${asked ? 'asked' : 'not asked'}`, () => {
    const { operations, gaps } = interpret(line);
    assert.equal([operations.length, gaps], [asked ? 1 : 0, []]);
  });
}

reading('a file without a name, and its cutting, belong to its directory', () => {
  const { operations } = interpret(
    [
      '7 openat(AT_FDCWD</>, "tmp", O_RDWR|O_TMPFILE, 0600) = 3</tmp/#7>(deleted)',
      '7 ftruncate(3</tmp/#7>(deleted), 5) = 0',
    ].join('\n'),
  );
  assert.equal(
    operations.map(({ operation }) => operation),
    [
      { kind: 'open-unnamed', directory: '/tmp', read: true, write: true },
      { kind: 'truncate', path: '/tmp/[n]' },
    ],
  );
});

reading('what a script does is done by its interpreter', () =>
  inDirectory((directory) => {
    const script = join(directory, 'script');
    writeFileSync(script, '#!/bin/sh\n');
    const { operations } = interpret(
      `7 execve("${script}", ["script"], 0x7ff) = 0\n7 mkdir("/nope", 0777) = 0`,
    );
    assert.equal(
      operations.map(({ executable }) => executable),
      [script, realpathSync('/bin/sh')],
    );
  }),
);

reading('a call that strace loses to the execve of another thread is stamped', () => {
  const taken = (result: string) =>
    interpret(
      [
        '7 execve("/usr/bin/true", ["true"], 0x7ff) = 0',
        '7 clone3({flags=CLONE_VM|CLONE_FS|CLONE_THREAD, exit_signal=0}, 88) = 8',
        '8 execve("/usr/bin/env", ["env"], 0x7ff <pid changed to 7 ...>',
        '7 +++ superseded by execve in pid 8 +++',
        `7 <... execve resumed>) = ${result}`,
        '7 mkdir("/nope", 0777) = 0',
      ].join('\n'),
    );
  const { openat = -1 } = architecture().numbers;
  const errno = (1n << 64n) - BigInt(openat);
  assert.equal(taken('0').gaps, []);
  assert.equal(taken('?').gaps, []);
  assert.equal(taken('99999').gaps, [], 'a call that nobody asked for');
  for (const lost of [`${openat}`, `-1 (errno ${errno})`]) {
    const { gaps, operations } = taken(lost);
    assert.equal(
      gaps.map(({ kind, detail }) => `${kind}: ${detail}`),
      ["unresolved: a program's first call, of openat,"],
    );
    assert.match(operations.at(-1)?.executable ?? '', /\/env$|\/coreutils$|\/busybox$/);
  }
});

reading.run();

function interpret(log: string, origin: { start?: number } = {}) {
  const interpreter = new StraceInterpreter({
    directory: '/',
    start: 'start' in origin ? origin.start : Date.now(),
  });
  const parser = createParser((event) => interpreter.accept(event));
  parser.write(Buffer.from(`${log}\n`));
  parser.end();
  const { operations, objects, gaps, ...rest } = interpreter.finish();
  return { operations: [...operations], objects: [...objects], gaps, ...rest };
}

function opens(log: string, origin: { start?: number } = {}) {
  return interpret(log, origin).operations.flatMap(({ operation }) => {
    if (operation.kind !== 'open') return [];
    const { path, type, read, write, create } = operation;
    return [{ path, type, read, write, create }];
  });
}

function pathsOf(operations: readonly Operation[]): readonly string[] {
  return operations.flatMap((operation) => ('path' in operation ? [operation.path] : []));
}
