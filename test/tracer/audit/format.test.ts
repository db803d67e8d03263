import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { accessRights } from '../../../landlock/abi.js';
import type { Denial, DeniedObject } from '../../../landlock/denial.js';
import { formatDenial, formatRecords } from '../../../tracer/audit/format.js';
import { readDenials } from '../../../tracer/audit/read-denials.js';
import { Random } from '../../support/random.js';

const formatting = suite('spelling denials');

formatting('a path is spelled as the kernel does', () => {
  assert.is(
    formatDenial(denialAt('/etc/passwd', 'fs.write_file')),
    'domain=1f blockers=fs.write_file path="/etc/passwd" dev="vda2" ino=143821',
  );
  assert.is(
    formatDenial(denialAt('/srv/a b', 'fs.execute', 'fs.read_file')),
    'domain=1f blockers=fs.execute,fs.read_file path=2F7372762F612062 dev="vda2" ino=143821',
  );
});

formatting('what is written is read again as it was, whatever the names', async () => {
  const random = new Random(7);
  for (let times = 0; times < 500; times++) {
    const denial = randomDenial(random);
    const lines = formatRecords(denial, new Date(random.below(2 ** 41)), times).split('\n');
    const { denials } = await readDenials(each(lines), 'log');
    assert.equal(denials, [{ ...denial, count: 1 }]);
  }
});

formatting.run();

function denialAt(path: string, ...blockers: readonly string[]): Denial {
  return {
    domain: '1f',
    blockers,
    object: { kind: 'path', path, device: 'vda2', inode: '143821' },
    asker: { process: 7, executable: '/bin/sh', call: 'openat', result: 'EACCES' },
  };
}

async function* each(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}

function randomDenial(random: Random): Denial {
  const { blockers, object } = random.pick([pathDenial, portDenial, socketDenial, signalDenial])(
    random,
  );
  return {
    domain: random.below(2 ** 31).toString(16),
    blockers,
    object,
    asker: {
      process: random.below(4_194_304),
      executable: `/${randomName(random)}`,
      call: random.pick(['openat', 'rename', 'connect']),
      result: random.pick(['EACCES', 'EXDEV', 'EPERM']),
    },
  };
}

interface Refusal {
  readonly blockers: readonly string[];
  readonly object: DeniedObject;
}

function pathDenial(random: Random): Refusal {
  const rights = accessRights.filter((right) => right.class === 'fs' && random.chance(0.3));
  // A right to make files by itself tells how the file would be used, from the call's flags.
  const blockers = ['fs.read_file', ...rights.map(({ name }) => `fs.${name}`)];
  const path = `/${randomName(random)}`;
  const inode = String(random.below(2 ** 40));
  return {
    blockers: [...new Set(blockers)],
    object: { kind: 'path', path, device: random.pick(['vda', 'tmpfs', '0:17']), inode },
  };
}

function portDenial(random: Random): Refusal {
  const right = random.pick(['bind_tcp', 'connect_tcp', 'bind_udp', 'connect_send_udp']);
  const port = random.pick([0, 1, 443, 65535]);
  return { blockers: [`net.${right}`], object: { kind: 'port', port } };
}

function socketDenial(random: Random): Refusal {
  const object = { kind: 'abstract-socket', name: `s${randomName(random)}` } as const;
  return { blockers: ['scope.abstract_unix_socket'], object };
}

function signalDenial(random: Random): Refusal {
  const object = { kind: 'process', id: random.below(99_999), name: randomName(random) } as const;
  return { blockers: ['scope.signal'], object };
}

/** Spaces, quotes, what looks like a field, and what is no text. */
function randomName(random: Random): string {
  const parts = [
    'a',
    ' ',
    '"',
    ' ino=1',
    '\n',
    '\udcff',
    'é',
    '\\',
    '\u001b[2J',
    'path=',
    '/b',
    '=',
  ];
  return Array.from({ length: 1 + random.below(6) }, () => random.pick(parts)).join('');
}
