import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isDenialLog } from '../../../tracer/audit/log.js';
import { type CountedDenial, readDenials } from '../../../tracer/audit/read-denials.js';

const reading = suite('reading denials');

/** One denial in every spelling that there is of it. */
const fields = 'domain=1a6fdc679 blockers=fs.write_file path="/etc/passwd" dev="vda2" ino=143821';
const syscall =
  'arch=c000003e syscall=257 success=no exit=-13 a0=ffffff9c a1=7ff a2=1 items=0 ppid=1 pid=286 comm="sh" exe="/bin/sh"';
const spellings: Readonly<Record<string, readonly string[]>> = {
  'the log of auditd': [
    `type=LANDLOCK_ACCESS msg=audit(1729738800.221:34): ${fields}`,
    `type=SYSCALL msg=audit(1729738800.221:34): ${syscall}`,
    'type=PROCTITLE msg=audit(1729738800.221:34): proctitle="sh"',
  ],
  'the log of an auditd that adds to it': [
    `node=host type=LANDLOCK_ACCESS msg=audit(1729738800.221:34): ${fields}`,
    `node=host type=SYSCALL msg=audit(1729738800.221:34): ${syscall}\x1dARCH=x86_64 SYSCALL=openat UID="root"`,
  ],
  'an older ausearch, which does not know the type': [
    '----',
    'time->Thu Oct 24 03:00:00 2024',
    `type=UNKNOWN[1423] msg=audit(1729738800.221:34): ${fields}`,
    `type=SYSCALL msg=audit(1729738800.221:34): ${syscall}`,
  ],
  'ausearch -i': [
    '----',
    'type=LANDLOCK_ACCESS msg=audit(10/24/2024 03:00:00.221:34) : domain=1a6fdc679 blockers=fs.write_file path=/etc/passwd dev=vda2 ino=143821 ',
    'type=SYSCALL msg=audit(10/24/2024 03:00:00.221:34) : arch=x86_64 syscall=openat success=no exit=EACCES(Permission denied) a0=AT_FDCWD items=0 pid=286 comm=sh exe=/bin/sh ',
  ],
  'the kernel log': [
    `[12070.066346] audit: type=1423 audit(1729738800.221:34): ${fields}`,
    `[12070.066401] audit: type=1300 audit(1729738800.221:34): ${syscall}`,
  ],
  'the journal': [
    `Oct 24 03:00:00 host kernel: audit: type=1423 audit(1729738800.221:34): ${fields}`,
    `Oct 24 03:00:00 host kernel: audit: type=1300 audit(1729738800.221:34): ${syscall}`,
  ],
  'the kernel’s own messages': [
    `1423 audit(1729738800.221:34): ${fields}`,
    `1300 audit(1729738800.221:34): ${syscall}`,
  ],
};

for (const [spelling, lines] of Object.entries(spellings)) {
  reading(`${spelling} tells what was denied, and who asked`, async () => {
    assert.ok(isDenialLog(lines.join('\n')));
    assert.equal(await denialsIn(...lines), [
      {
        domain: '1a6fdc679',
        blockers: ['fs.write_file'],
        object: { kind: 'path', path: '/etc/passwd', device: 'vda2', inode: '143821' },
        asker: { process: 286, executable: '/bin/sh', call: 'openat', result: 'EACCES' },
        count: 1,
      },
    ]);
  });
}

/** What follows `domain=1`, and what it is read as. */
const objects: readonly (readonly [fields: string, object: unknown])[] = [
  [
    'blockers=fs.read_file path=2F7372762F612062C3A922 dev="vda" ino=1',
    { kind: 'path', path: '/srv/a bé"', device: 'vda', inode: '1' },
  ],
  [
    'blockers=fs.read_file path=2F7372762FFF dev="vda" ino=1',
    { kind: 'path', path: '/srv/\udcff', device: 'vda', inode: '1' },
  ],
  ['blockers=net.bind_tcp saddr=127.0.0.1 src=8089', { kind: 'port', port: 8089 }],
  ['blockers=net.bind_tcp saddr=127.0.0.1', { kind: 'port', port: 0 }],
  ['blockers=net.connect_tcp daddr=::1 dest=443', { kind: 'port', port: 443 }],
  [
    'blockers=scope.abstract_unix_socket path=006F75747369646578',
    { kind: 'abstract-socket', name: 'outsidex' },
  ],
  ['blockers=scope.signal opid=1 ocomm="init"', { kind: 'process', id: 1, name: 'init' }],
  ['blockers=ptrace opid=7 ocomm=612062', { kind: 'process', id: 7, name: 'a b' }],
];

for (const [text, object] of objects) {
  reading(`${text} is read`, async () => {
    const [denial] = await denialsIn(`1423 audit(1.5:1): domain=1 ${text}`);
    assert.equal(denial?.object, object);
  });
}

/** Lines of trace_pipe, by the formats of the kernel's include/trace/events/landlock.h. */
const traced: readonly (readonly [line: string, blockers: readonly string[], object: unknown])[] = [
  [
    '  cat-127     [001] d..2.   63.482: landlock_deny_access_fs: domain=195cc6b7c same_exec=0 logged=0 blockers=execute|read_file dev=0:17 ino=59 path=/srv/a\\040b\\303\\251\\"\\n',
    ['fs.execute', 'fs.read_file'],
    { kind: 'path', path: '/srv/a bé"\n', device: '0:17', inode: '59' },
  ],
  [
    'cat-127 [...] landlock_deny_access_net: domain=1 same_exec=0 logged=0 blockers=connect_tcp sport=0 dport=443',
    ['net.connect_tcp'],
    { kind: 'port', port: 443 },
  ],
  [
    'cat-127 [...] landlock_deny_access_net: domain=1 same_exec=0 logged=0 blockers=bind_tcp sport=80 dport=0',
    ['net.bind_tcp'],
    { kind: 'port', port: 80 },
  ],
  [
    'cat-127 [...] landlock_deny_scope_signal: domain=1 same_exec=0 logged=0 target_domain=0 target_pid=1 target_comm=init',
    ['scope.signal'],
    { kind: 'process', id: 1, name: 'init' },
  ],
  [
    'cat-127 [...] landlock_deny_scope_abstract_unix_socket: domain=1 same_exec=0 logged=0 peer_domain=0 peer_pid=0 sun_path=a\\000b',
    ['scope.abstract_unix_socket'],
    { kind: 'abstract-socket', name: 'a\0b' },
  ],
  [
    'cat-127 [...] landlock_deny_ptrace: domain=1 same_exec=0 logged=0 tracee_domain=0 tracee_pid=9 tracee_comm=sh',
    ['ptrace'],
    { kind: 'process', id: 9, name: 'sh' },
  ],
];

for (const [line, blockers, object] of traced) {
  reading(`the tracepoint of ${blockers.join()} is read`, async () => {
    assert.ok(isDenialLog(line));
    const [denial] = await denialsIn(line);
    assert.equal(denial?.blockers, blockers);
    assert.equal(denial?.object, object);
    assert.is(denial?.asker.process, 127);
  });
}

reading('a refused move is two denials that know of each other', async () => {
  const record = (blockers: string, path: string) =>
    `1423 audit(1.5:8): domain=1 blockers=${blockers} path="${path}" dev="vda" ino=1`;
  const denials = await denialsIn(
    record('fs.remove_file,fs.refer', '/a'),
    record('fs.make_reg,fs.refer', '/b'),
  );
  for (const { move } of denials) assert.equal(move, { from: '/a', to: '/b' });
  assert.is(denials.length, 2);
});

reading('whoever is refused to make a file by opening it will want to write to it', async () => {
  const opened = (call: number, flags: string) =>
    denialsIn(
      '1423 audit(1.5:4): domain=1 blockers=fs.make_reg path="/a" dev="vda" ino=1',
      `1300 audit(1.5:4): arch=c000003e syscall=${call} exit=-13 a0=0 ${flags} pid=1 exe="/bin/sh"`,
    );
  assert.equal((await opened(257, 'a1=0 a2=80041'))[0]?.next, ['fs.write_file']);
  assert.equal((await opened(2, 'a1=42 a2=1b6'))[0]?.next, ['fs.write_file', 'fs.read_file']);
  assert.equal((await opened(85, 'a1=1b6 a2=0'))[0]?.next, ['fs.write_file'], 'creat');
  assert.is((await opened(259, 'a1=0 a2=81a4'))[0]?.next, undefined, 'mknodat');
});

reading('what comes again is counted, whichever process of a program asks', async () => {
  const lines = [1, 2, 3].flatMap((serial) => [
    `1423 audit(1.5:${serial}): domain=${serial} ${fields.slice('domain=1a6fdc679 '.length)}`,
    `1300 audit(1.5:${serial}): ${syscall.replace('pid=286', `pid=${serial}`)}`,
  ]);
  const denials = await denialsIn(...lines);
  assert.equal(
    denials.map(({ count }) => count),
    [3],
  );
});

reading('records of other types and other lines are passed over', async () => {
  assert.equal(
    await denialsIn(
      'type=AVC msg=audit(1.5:1): avc: denied { read } for pid=1 path="/x"',
      'type=LANDLOCK_DOMAIN msg=audit(1.5:2): domain=1 status=deallocated denials=3',
      'type=USER_LOGIN msg=audit(1.5:3): pid=1 uid=0 msg=\'op=login acct="x"\'',
      '[    0.000000] Linux version 6.18',
      'cat-127 [...] landlock_free_domain: domain=195cc6b7c denials=1',
      '',
    ),
    [],
  );
});

const damaged: readonly (readonly [what: string, line: string, message: RegExp])[] = [
  ['without blockers', 'domain=1', /it has no "blockers="/],
  ['without a domain', 'blockers=fs.execute path="/x"', /it has no "domain="/],
  [
    'cut off in its path',
    'domain=1 blockers=fs.execute path="/x',
    /does not say where fs\.execute/,
  ],
  ['without a path', 'domain=1 blockers=fs.execute', /does not say where fs\.execute was missing/],
  ['with a strange blocker', 'domain=1 blockers=fs.execute,f path="/x"', /"f" is no blocker/],
];

for (const [what, text, message] of damaged) {
  reading(`a denial ${what} is told with its line`, async () => {
    try {
      await denialsIn('', `type=LANDLOCK_ACCESS msg=audit(1.5:1): ${text}`);
    } catch (error) {
      assert.match(String(error), /log:2: this is a denial of Landlock's, but /);
      assert.match(String(error), message);
      return;
    }
    assert.unreachable('it was read');
  });
}

reading('a log of strace is no log of denials', () => {
  assert.not.ok(isDenialLog('127 openat(AT_FDCWD, "/etc/passwd", O_RDONLY) = 3\n'));
  assert.not.ok(isDenialLog('write(2, "type=SYSCALL msg=audit(1.5:1): x", 9) = 9\n'));
});

reading.run();

async function denialsIn(...lines: readonly string[]): Promise<readonly CountedDenial[]> {
  async function* each() {
    yield* lines;
  }
  return (await readDenials(each(), 'log')).denials;
}
