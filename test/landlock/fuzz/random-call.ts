import type { Random } from '../../support/random.js';
import { ioctlRequests } from '../laboratory/flags.js';
import type { Call, NodeKind, Protocol } from '../laboratory/scenario.js';
import { ports } from './random-layers.js';

/** What a call is made of: where it may lead, and under how many layers. */
export interface Ground {
  readonly random: Random;
  /** Every name of the tree, and some that lead nowhere. */
  readonly names: readonly string[];
  readonly directories: readonly string[];
  readonly devices: readonly string[];
  readonly programs: readonly string[];
  readonly files: readonly string[];
  readonly layers: number;
  readonly abi: number;
}

/** A call, by the weights below; some end before Landlock is asked. */
export function randomCall(ground: Ground): Call {
  for (;;) {
    const from = ground.abi < 9 ? makers : makersOfAbi9;
    let left = ground.random.below(weightOf(from));
    const maker = from.find(([weight]) => {
      left -= weight;
      return left < 0;
    });
    if (maker === undefined) throw new RangeError('the weights do not add up');
    const [, make, needed] = maker;
    if (needed === undefined || ground[needed].length > 0) return make(ground);
  }
}

/** A change of names that is made before the domain is enforced. */
export function randomChange(ground: Ground): Call {
  return ground.random.pick(changes)(ground);
}

const accessModes = [
  'O_RDONLY',
  'O_WRONLY',
  'O_RDWR',
  'O_RDONLY',
  'O_WRONLY',
  'O_RDWR',
  'O_ACCMODE',
];

/** How often, what, and what of the ground there has to be for it. */
type Maker = readonly [
  weight: number,
  make: (ground: Ground) => Call,
  from?: 'devices' | 'programs' | 'files',
];

const makers: readonly Maker[] = [
  [6, (g) => ['open', existing(g), openWords(g)]],
  [6, (g) => ['open', g.random.pick(g.files), openWords(g)], 'files'],
  [4, (g) => ['open', directory(g), listWords(g)]],
  [7, (g) => ['open', fresh(g), createWords(g)]],
  [3, (g) => ['open-in', directory(g), g.random.pick(['f', 'g', 'h', 'i', 'new']), openWords(g)]],
  [3, (g) => ['open', directory(g), `${g.random.pick(['O_WRONLY', 'O_RDWR'])}|O_TMPFILE`]],
  [2, (g) => ['open-again', existing(g), 'O_PATH', againWords(g)]],
  [2, (g) => ['open-removed', g.random.pick(g.files), againWords(g)], 'files'],
  [2, (g) => ['open-by-handle', existing(g), againWords(g)]],
  [1, (g) => ['truncate', existing(g)]],
  [2, (g) => ['truncate', g.random.pick(g.files)], 'files'],
  [3, (g) => ['ftruncate', g.random.pick(g.files), cutWords(g)], 'files'],
  [1, (g) => ['ftruncate-opened', g.random.pick(g.files)], 'files'],
  [14, (g) => ['ioctl', g.random.pick(g.devices), anyRequest(g)], 'devices'],
  [1, (g) => ['ioctl-opened', g.random.pick(g.devices), anyRequest(g)], 'devices'],
  [8, (g) => ['execute', g.random.pick(g.programs)], 'programs'],
  [1, (g) => ['execute', existing(g)]],
  [1, (g) => ['execute-opened', g.random.pick(g.programs)], 'programs'],
  [1, () => ['execute-memory']],
  [3, (g) => ['mkdir', newName(g)]],
  [6, (g) => ['mknod', newName(g), g.random.pick(nodeKinds)]],
  [2, (g) => ['symlink', newName(g), 'f']],
  [2, (g) => ['bind-path', newName(g)]],
  [6, (g) => ['unlink', existing(g)]],
  [4, (g) => ['rmdir', directory(g)]],
  [12, (g) => ['rename', existing(g), newName(g)]],
  [4, (g) => ['rename', existing(g), existing(g), g.random.pick(renameWords)]],
  [8, (g) => ['rename', g.random.pick(g.files), g.random.pick(g.files)], 'files'],
  [10, (g) => ['rename', existing(g), existing(g), 'RENAME_EXCHANGE']],
  [2, (g) => ['rename', existing(g), fresh(g), 'RENAME_WHITEOUT']],
  [8, (g) => ['link', existing(g), newName(g)]],
  [1, (g) => ['link-followed', existing(g), fresh(g)]],
  [2, (g) => ['link-unnamed', directory(g), fresh(g)]],
  [3, (g) => ['bind', g.random.pick(protocols), g.random.pick(ports)]],
  [3, (g) => ['connect', g.random.pick(protocols), g.random.pick([1, 1000, 1001])]],
  [1, (g) => ['bind-unspecified', 'tcp', g.random.pick(ports)]],
  [1, (g) => ['connect-unspecified', g.random.pick(['tcp', 'tcp6', 'udp']), 1000]],
  [1, (g) => ['send', g.random.pick(['udp', 'udp6']), 1000]],
  [1, (g) => ['listen', g.random.pick(['tcp', 'tcp6'])]],
  [2, (g) => [g.random.pick(['connect-abstract', 'send-abstract']), shared(g)]],
  [2, (g) => [g.random.pick(['signal', 'signal-group', 'pidfd-signal']), shared(g)]],
  [2, (g) => [g.random.pick(['trace', 'read-memory']), shared(g)]],
  [1, () => ['signal-self']],
  [1, (g) => [g.random.pick(['mount', 'unmount', 'remount', 'move-mount']), 'a']],
  [2, (g) => [g.random.pick(unasked), directory(g)]],
];

const unasked = ['stat', 'access', 'chmod', 'chown', 'utime', 'statfs', 'watch'] as const;

/** What is asked about from ABI 9 on, beside all that: a seed asks the same of earlier ones. */
const makersOfAbi9: readonly Maker[] = [
  ...makers,
  // Under a layer, a socket gets no path as long as that handles making sockets.
  [4, (g) => [g.random.pick(['connect-peer', 'send-peer']), 0]],
  [4, (g) => [g.random.pick(['bind', 'connect', 'send']), 'udp', g.random.pick([1, 1000, 1001])]],
];

function weightOf(all: readonly Maker[]): number {
  return all.reduce((sum, [weight]) => sum + weight, 0);
}

const changes: readonly ((ground: Ground) => Call)[] = [
  (g) => ['rename', existing(g), fresh(g)],
  (g) => ['rename', existing(g), existing(g)],
  (g) => ['rename', existing(g), existing(g), 'RENAME_EXCHANGE'],
  (g) => ['link', existing(g), fresh(g)],
  (g) => ['unlink', existing(g)],
  (g) => ['rmdir', g.random.pick(g.directories)],
  (g) => ['mkdir', newName(g)],
  (g) => ['mknod', newName(g), 'regular'],
];

const nodeKinds: readonly NodeKind[] = [
  'regular',
  'regular',
  'fifo',
  'socket',
  'char-device',
  'block-device',
  'whiteout',
];
const protocols: readonly Protocol[] = ['tcp', 'tcp', 'tcp6', 'udp', 'mptcp'];
const renameWords = ['', '', 'RENAME_NOREPLACE', 'RENAME_EXCHANGE'];

function existing({ random, names }: Ground): string {
  return random.pick(names);
}

function directory({ random, directories }: Ground): string {
  return random.pick(directories);
}

function fresh(ground: Ground): string {
  const holder = directory(ground);
  return holder === '.' ? 'new' : `${holder}/new`;
}

function newName(ground: Ground): string {
  return ground.random.chance(0.8) ? fresh(ground) : existing(ground);
}

function some({ random }: Ground, words: readonly string[]): string {
  return words.filter(() => random.chance(0.3)).join('');
}

function openWords(ground: Ground): string {
  const more = [
    '|O_TRUNC',
    '|O_APPEND',
    '|O_NOFOLLOW',
    ...(ground.random.chance(0.3) ? ['|O_CREAT'] : []),
  ];
  if (ground.random.chance(0.05)) return `O_PATH${some(ground, ['|O_NOFOLLOW', '|O_DIRECTORY'])}`;
  return ground.random.pick(accessModes) + some(ground, more);
}

function createWords(ground: Ground): string {
  const mode = ground.random.pick(accessModes);
  return `${mode}|O_CREAT${some(ground, ['|O_TRUNC', '|O_EXCL'])}`;
}

function cutWords({ random }: Ground): string {
  return random.pick(['O_WRONLY', 'O_RDWR', 'O_RDWR|O_TRUNC', 'O_RDONLY']);
}

function listWords(ground: Ground): string {
  return `O_RDONLY${some(ground, ['|O_DIRECTORY', '|O_NOFOLLOW'])}`;
}

function againWords(ground: Ground): string {
  return ground.random.pick([
    'O_RDONLY',
    'O_WRONLY',
    'O_RDWR',
    'O_RDWR|O_TRUNC',
    'O_RDONLY|O_TRUNC',
  ]);
}

function anyRequest({ random }: Ground): string {
  return random.pick(Object.keys(ioctlRequests).filter((name) => name !== 'FICLONE'));
}

function shared({ random, layers }: Ground): number {
  return random.below(layers + 1);
}
