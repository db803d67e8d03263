import { constants } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  allAccess,
  type FsAccess,
  fileAccess,
  fsAccess,
  intersection,
  netAccess,
  scopeSet,
  union,
} from '../../landlock/access-set.js';
import { domainOf, domainOn, judge } from '../../landlock/domain.js';
import { isBeneath } from '../../landlock/hierarchy.js';
import { byName, type ObjectOf } from '../../landlock/layer.js';
import type { FileType, Operation } from '../../landlock/operation.js';
import { emptyRuleset, type PathBeneath, type Ruleset } from '../../landlock/ruleset.js';
import { inDirectory } from '../support/command.js';
import { Random } from '../support/random.js';
import { lacksLandlock, lacksRoot, testWhere } from '../support/requirements.js';
import { type Attempt, askKernel, plant } from './kernel-oracle.js';

const domain = suite('domains');
/** The ABI of the kernels that this is measured on. */
const abi = 7;
const lack = lacksLandlock(abi);

domain('without a layer allow everything', () => {
  assert.equal(judge(domainOf(abi), { kind: 'change-topology', call: 'mount' }), { allowed: true });
});

domain('name what blocks as the kernel spells it in its audit records', () => {
  const verdict = judge(domainOf(abi, emptyRuleset(abi)), {
    kind: 'open',
    path: '/a/f',
    type: 'regular',
    read: true,
    write: true,
    truncate: false,
    create: 'no',
  });
  assert.ok(!verdict.allowed);
  assert.equal(verdict.blockers, ['fs.write_file', 'fs.read_file']);
  assert.is(verdict.errno, 'EACCES');
  const blockersOf = (operation: Operation) => {
    const answer = judge(domainOf(abi, emptyRuleset(abi)), operation);
    return answer.allowed ? [] : answer.blockers;
  };
  assert.equal(blockersOf({ kind: 'connect', protocol: 'tcp', port: 80 }), ['net.connect_tcp']);
  assert.equal(blockersOf({ kind: 'signal', inside: false }), ['scope.signal']);
  assert.equal(blockersOf({ kind: 'connect-abstract', name: 'x', inside: false }), [
    'scope.abstract_unix_socket',
  ]);
  assert.equal(blockersOf({ kind: 'change-topology', call: 'mount' }), ['fs.change_topology']);
});

domain('are denied by their youngest layer first', () => {
  const open = { kind: 'truncate', path: '/a/f' } as const;
  const granting = { ...emptyRuleset(abi), paths: [{ path: '/a', access: fsAccess('truncate') }] };
  const denied = (...rulesets: Ruleset[]) => {
    const verdict = judge(domainOf(abi, ...rulesets), open);
    return verdict.allowed ? undefined : verdict.layer;
  };
  assert.is(denied(emptyRuleset(abi), emptyRuleset(abi)), 1);
  assert.is(denied(emptyRuleset(abi), granting), 0);
  assert.is(denied(granting, granting), undefined);
});

domain('ask nothing of a right that the ABI does not know', () => {
  const old = domainOf(2, emptyRuleset(2));
  assert.ok(judge(old, { kind: 'truncate', path: '/a/f' }).allowed);
  assert.ok(judge(old, { kind: 'bind', protocol: 'tcp', port: 80 }).allowed);
  assert.ok(judge(old, { kind: 'signal', inside: false }).allowed);
});

domain('of the first ABI refuse every crossing of directories, whatever else is missing', () => {
  const move = {
    kind: 'rename',
    from: '/a/f',
    to: '/b/f',
    type: 'regular',
    replaced: null,
  } as const;
  for (const access of [allAccess('fs', 1), fsAccess('read_file')]) {
    const paths = [{ path: '/', access }];
    const verdict = judge(domainOf(1, { ...emptyRuleset(1), paths }), { ...move, exchange: false });
    assert.ok(!verdict.allowed && verdict.errno === 'EXDEV');
  }
});

domain('of every ABI ask what an exchange brings back', () => {
  const paths = [{ path: '/a', access: fsAccess('make_reg', 'remove_file') }];
  const exchange: Operation = {
    kind: 'rename',
    from: '/a/f',
    to: '/a/l',
    type: 'regular',
    replaced: 'symlink',
    exchange: true,
  };
  for (const version of [1, 2]) {
    const ruleset = { ...emptyRuleset(version), paths };
    assert.not(judge(domainOf(version, ruleset), exchange).allowed, `ABI ${version}`);
  }
});

domain('deny crossings by layers that handle no file right, once another one does', () => {
  const net = { ...emptyRuleset(abi), handledFs: fsAccess() };
  const all = { ...emptyRuleset(abi), paths: [{ path: '/', access: allAccess('fs', abi) }] };
  const link: Operation = { kind: 'link', from: '/a/f', to: '/b/f', type: 'regular' };
  assert.is(errnoOf([net], link), undefined);
  assert.is(errnoOf([all], link), undefined);
  assert.is(errnoOf([all, net], link), 'EXDEV');
  assert.is(errnoOf([net, all], link), 'EXDEV');
});

domain('have sixteen layers and no more', () => {
  const layers = Array.from({ length: 16 }, () => emptyRuleset(abi));
  assert.is(domainOf(abi, ...layers).layers.length, 16);
  assert.throws(() => domainOf(abi, ...layers, emptyRuleset(abi)), /at most 16 layers, not 17/);
});

domain('hold rules by the objects that the paths led to, not by their names', () => {
  const before: ObjectOf = (path) => ({ '/a': '1', '/a/f': '2', '/b': '3' })[path];
  // `/a/f` has a second name, and another file stands at the first.
  const after: ObjectOf = (path) => ({ '/a': '1', '/a/f': '9', '/b': '3', '/b/g': '2' })[path];
  const paths = [
    { path: '/a/f', access: fsAccess('truncate') },
    { path: '/not/there', access: fsAccess('truncate') },
  ];
  const held = domainOn(before, abi, [{ ...emptyRuleset(abi), paths }]);
  const allows = (path: string, objectOf: ObjectOf) =>
    judge(held, { kind: 'truncate', path }, { objectOf }).allowed;
  assert.ok(allows('/a/f', before));
  assert.not(allows('/a/f', after));
  assert.ok(allows('/b/g', after));
  assert.not(allows('/not/there', (path) => path));
});

domain('take a rule on a file that is not there yet for no rule on the file that is made', () => {
  const paths = [
    { path: '/a', access: fsAccess('make_reg') },
    { path: '/a/f', access: fsAccess('write_file') },
  ];
  const made = { ...plainOpen('/a/f'), write: true, create: 'new' } as const;
  const held = domainOf(abi, { ...emptyRuleset(abi), paths });
  const verdict = judge(held, made);
  assert.equal(verdict.allowed ? [] : verdict.blockers, ['fs.write_file']);
  assert.ok(judge(held, { ...made, create: 'existing' }).allowed);
});

domain('judge what is reached by the layers that restrict it as well', () => {
  const scoping = { ...emptyRuleset(9), scoped: scopeSet('signal') };
  const free = { ...emptyRuleset(9), scoped: scopeSet() };
  const allows = (operation: Operation, sharedLayers: number, ...rulesets: Ruleset[]) =>
    judge(domainOf(9, ...rulesets), operation, { sharedLayers }).allowed;
  const signal: Operation = { kind: 'signal', inside: false };
  assert.ok(allows(signal, 1, scoping, free));
  assert.not(allows(signal, 1, free, scoping));
  assert.ok(allows(signal, 0, free, free));
  const trace: Operation = { kind: 'trace-process', inside: false };
  assert.ok(allows(trace, 2, free, free));
  assert.not(allows(trace, 1, free, free));
  const reach: Operation = { kind: 'connect-unix', path: '/a/s' };
  assert.ok(allows(reach, 2, free, free));
  assert.not(allows(reach, 1, free, free));
  assert.ok(judge(domainOf(9, free), { ...reach, inside: true }).allowed);
});

domain('of later ABIs ask for UDP ports and for pathname sockets', () => {
  const blockers = (version: number, operation: Operation) => {
    const verdict = judge(domainOf(version, emptyRuleset(version)), operation);
    return verdict.allowed ? [] : verdict.blockers;
  };
  const send = { kind: 'connect', protocol: 'udp', port: 53 } as const;
  assert.equal(blockers(9, send), []);
  assert.equal(blockers(10, send), ['net.connect_send_udp', 'net.bind_udp']);
  assert.equal(blockers(10, { ...send, bound: true }), ['net.connect_send_udp']);
  assert.equal(blockers(10, { kind: 'bind', protocol: 'udp', port: 53 }), ['net.bind_udp']);
  assert.equal(blockers(8, { kind: 'connect-unix', path: '/s' }), []);
  assert.equal(blockers(9, { kind: 'connect-unix', path: '/s' }), ['fs.resolve_unix']);
  assert.equal(blockers(7, { kind: 'trace-process', inside: false }), ['ptrace']);
});

domain('ask for whiteouts what the kernel does, and where it is not known, what any may', () => {
  const blockers = (version: number, operation: Operation, errata?: number) => {
    const verdict = judge(domainOn(byName, version, [emptyRuleset(version)], errata), operation);
    return verdict.allowed ? [] : verdict.blockers;
  };
  const uncorrected = 0b0111;
  const corrected = 0b1111;
  const make = { kind: 'make', path: '/a/w', type: 'char-device', whiteout: true } as const;
  assert.equal(blockers(7, make, uncorrected), ['fs.make_char']);
  assert.equal(blockers(7, make, corrected), ['fs.make_reg']);
  assert.equal(blockers(7, make), ['fs.make_char', 'fs.make_reg']);
  assert.equal(blockers(11, make), ['fs.make_reg']);
  assert.equal(blockers(7, { ...make, whiteout: false }, corrected), ['fs.make_char']);
  const names = { from: '/a/d', to: '/a/e', replaced: null, exchange: false } as const;
  const leave = { kind: 'rename', ...names, type: 'directory', whiteout: true } as const;
  assert.equal(blockers(7, leave, uncorrected), ['fs.remove_dir', 'fs.make_dir']);
  assert.equal(blockers(7, leave, corrected), ['fs.remove_dir', 'fs.make_dir', 'fs.make_reg']);
  assert.equal(blockers(7, leave), blockers(7, leave, corrected));
});

testWhere(domain, lack, 'of one layer judge as the kernel does', () =>
  judgesAsTheKernel(11, 700, [emptyRuleset(abi)]),
);

testWhere(domain, lack, 'that handle a part of the rights judge as the kernel does', async () => {
  const random = new Random(12);
  for (let round = 0; round < 3; round++) {
    await judgesAsTheKernel(100 + round, 150, [handlingSome(random)]);
  }
});

testWhere(domain, lack, 'of several layers judge as the kernel does', async () => {
  await judgesAsTheKernel(13, 300, [emptyRuleset(abi), emptyRuleset(abi)]);
  const random = new Random(14);
  await judgesAsTheKernel(15, 200, [handlingSome(random), emptyRuleset(abi), handlingSome(random)]);
});

testWhere(domain, lack, 'judge ports as the kernel does', async () => {
  const [bound = 0, unbound = 0, reached = 0, unreached = 0] = await freePorts(4);
  const ruleset: Ruleset = {
    ...emptyRuleset(abi),
    ports: [
      { port: bound, access: netAccess('bind_tcp') },
      { port: unreached, access: netAccess('bind_tcp') },
      { port: reached, access: netAccess('connect_tcp') },
      { port: unbound, access: netAccess('connect_tcp') },
    ],
  };
  const attempts: readonly ['bind' | 'connect', number, end: string][] = [
    ['bind', bound, 'ok'],
    ['bind', unbound, 'EACCES'],
    ['bind', 0, 'EACCES'],
    ['connect', reached, 'ECONNREFUSED'],
    ['connect', unreached, 'EACCES'],
    ['connect', 0, 'EACCES'],
  ];
  agreeOnPorts(ruleset, attempts);
});

testWhere(domain, lack, 'take port 0 of a bind for any free port, and for no other', async () => {
  const [free = 0] = await freePorts(1);
  const ports = [{ port: 0, access: netAccess('bind_tcp') }];
  agreeOnPorts({ ...emptyRuleset(abi), ports }, [
    ['bind', 0, 'ok'],
    ['bind', free, 'EACCES'],
  ]);
});

testWhere(domain, lack, 'that scope refuse what is outside, and nothing inside', () => {
  const name = `ll-learn-test-${process.pid}`;
  const attempts: Attempt[] = [
    ['connect-abstract', name],
    ['signal', process.pid],
    ['connect-own-abstract', `${name}-own`],
  ];
  const operations: Operation[] = [
    { kind: 'connect-abstract', name, inside: false },
    { kind: 'signal', inside: false },
    { kind: 'connect-abstract', name, inside: true },
  ];
  for (const scoped of [
    scopeSet(),
    scopeSet('signal'),
    scopeSet('abstract_unix_socket'),
    scopeSet('signal', 'abstract_unix_socket'),
  ]) {
    const ruleset = { ...emptyRuleset(abi), scoped };
    assert.equal(
      askKernel({ abi, layers: [ruleset], attempts, outside: name }),
      operations.map((operation) => errnoOf([ruleset], operation) ?? 'ok'),
    );
  }
});

testWhere(domain, lack ?? lacksRoot(), 'that handle no file right leave mounting alone', () => {
  const net = { ...emptyRuleset(abi), handledFs: fsAccess() };
  const topology: Operation = { kind: 'change-topology', call: 'mount' };
  assert.is(errnoOf([net], topology), undefined);
  // A place that is not there: the kernel looks for it before it asks anyone.
  const [answer] = askKernel({ abi, layers: [net], attempts: [['mount', '/nowhere/at/all']] });
  assert.is(answer, process.getuid?.() === 0 ? 'ENOENT' : 'EPERM');
});

domain.run();

/** Tries random operations under random rules, each in a tree of its own. */
function judgesAsTheKernel(
  seed: number,
  count: number,
  handling: readonly Ruleset[],
): Promise<void> {
  const random = new Random(seed);
  return inDirectory((directory) => {
    const trials = Array.from({ length: count }, (_, number) => {
      const root = join(directory, String(number));
      plant(root, tree);
      return {
        root,
        ...randomTrial(random, root),
        rules: handling.map(() => rulesIn(random, root)),
      };
    });
    const layers = handling.map((ruleset, layer) => ({
      ...ruleset,
      paths: trials.flatMap(({ rules }) => rules[layer] ?? []).flatMap(handledBy(ruleset)),
    }));
    const answers = askKernel({ abi, layers, attempts: trials.map(({ attempt }) => attempt) });
    const outcomes = new Set<string>();
    for (const [number, { operation, rules, root }] of trials.entries()) {
      const own = handling.map((ruleset, layer) => ({ ...ruleset, paths: rules[layer] ?? [] }));
      const expected = errnoOf(own, operation) ?? 'ok';
      const told = JSON.stringify({ operation, rules }).replaceAll(root, '');
      assert.is(answers[number], expected, `seed ${seed}, trial ${number}: ${told}`);
      outcomes.add(expected);
    }
    assert.ok(outcomes.has('ok') && outcomes.has('EACCES'), 'the trials are all alike');
  });
}

function handledBy({ handledFs }: Ruleset): (rule: PathBeneath) => readonly PathBeneath[] {
  return ({ path, access }) => {
    const handled = intersection(access, handledFs);
    return handled === 0 ? [] : [{ path, access: handled }];
  };
}

function errnoOf(rulesets: readonly Ruleset[], operation: Operation): string | undefined {
  const verdict = judge(domainOf(abi, ...rulesets), operation);
  return verdict.allowed ? undefined : verdict.errno;
}

function agreeOnPorts(
  ruleset: Ruleset,
  attempts: readonly ['bind' | 'connect', number, end: string][],
): void {
  const answers = askKernel({
    abi,
    layers: [ruleset],
    attempts: attempts.map(([call, port]) => [call, port]),
  });
  assert.equal(
    answers,
    attempts.map(([, , end]) => end),
  );
  for (const [kind, port, end] of attempts) {
    const errno = errnoOf([ruleset], { kind, protocol: 'tcp', port });
    assert.is(errno, end === 'EACCES' ? 'EACCES' : undefined, `${kind} ${port}`);
  }
}

/** A ruleset that handles about two in three of the file rights, and at least one. */
function handlingSome(random: Random): Ruleset {
  const some = intersection(allAccess('fs', abi), anyRights(random, 0.65));
  return { ...emptyRuleset(abi), handledFs: union(some, fsAccess('execute')) };
}

function anyRights(random: Random, probability: number): FsAccess {
  let mask = 0;
  for (let bit = 0; bit < 16; bit++) if (random.chance(probability)) mask |= 1 << bit;
  return mask as FsAccess;
}

const types: Readonly<Record<string, FileType>> = {
  a: 'directory',
  'a/f': 'regular',
  'a/d': 'directory',
  'a/l': 'symlink',
  'a/b': 'directory',
  'a/b/g': 'regular',
  'a/b/p': 'fifo',
  b: 'directory',
  'b/h': 'regular',
  'b/c': 'directory',
  c: 'directory',
  'c/i': 'regular',
};
const tree = 'a/f a/d/ a/l@ a/b/g a/b/p| b/h b/c/ c/i';
const names = Object.keys(types);
const files = names.filter((name) => types[name] === 'regular');
const directories = names.filter((name) => types[name] === 'directory');
const emptyDirectories = ['a/d', 'b/c'];
const leaves = names.filter(
  (name) => !directories.includes(name) || emptyDirectories.includes(name),
);

/** Up to four rules, generous ones, so that about half of the operations pass. */
function rulesIn(random: Random, root: string): readonly PathBeneath[] {
  const rules = new Map<string, PathBeneath>();
  for (let left = 1 + random.below(4); left > 0; left--) {
    const name = random.chance(0.3)
      ? ''
      : random.pick(names.filter((one) => types[one] !== 'symlink'));
    const generous = anyRights(random, random.pick([0.3, 0.8, 0.95]));
    const access =
      name === '' || types[name] === 'directory' ? generous : intersection(generous, fileAccess);
    const path = join(root, name);
    if (access !== 0) rules.set(path, { path, access });
  }
  return [...rules.values()];
}

interface Trial {
  readonly operation: Operation;
  readonly attempt: Attempt;
}

function randomTrial(random: Random, root: string): Trial {
  const kind = random.pick(['open', 'create', 'list', 'make', 'remove', 'move', 'move', 'move']);
  switch (kind) {
    case 'open':
      return opening(random, join(root, random.pick(files)), false);
    case 'create':
      return opening(random, join(root, random.pick(directories), 'new'), true);
    case 'list': {
      const path = join(root, random.pick(directories));
      return {
        operation: { ...plainOpen(path), type: 'directory', read: true },
        attempt: ['open', path, constants.O_RDONLY | constants.O_DIRECTORY],
      };
    }
    case 'make':
      return making(random, join(root, random.pick(directories), 'new'));
    case 'remove': {
      const name = random.pick(leaves);
      const type = types[name] ?? 'regular';
      const path = join(root, name);
      return {
        operation: { kind: 'remove', path, type },
        attempt: [type === 'directory' ? 'rmdir' : 'unlink', path],
      };
    }
    default:
      return moving(random, root);
  }
}

function opening(random: Random, path: string, create: boolean): Trial {
  const mode = random.pick([constants.O_RDONLY, constants.O_WRONLY, constants.O_RDWR]);
  const truncate = random.chance(0.4);
  return {
    operation: {
      ...plainOpen(path),
      read: mode !== constants.O_WRONLY,
      write: mode !== constants.O_RDONLY,
      truncate,
      create: create ? 'new' : 'no',
    },
    attempt: [
      'open',
      path,
      mode | (truncate ? constants.O_TRUNC : 0) | (create ? constants.O_CREAT : 0),
    ],
  };
}

function plainOpen(path: string): Operation & { kind: 'open' } {
  const nothing = { read: false, write: false, truncate: false } as const;
  return { kind: 'open', path, type: 'regular', ...nothing, create: 'no' };
}

function making(random: Random, path: string): Trial {
  const type = random.pick(['directory', 'symlink', 'regular', 'fifo', 'socket'] as const);
  return {
    operation: { kind: 'make', path, type },
    attempt:
      type === 'directory'
        ? ['mkdir', path]
        : type === 'symlink'
          ? ['symlink', path]
          : ['mknod', path, type],
  };
}

/** A rename, an exchange or a link that would succeed if nothing denied it. */
function moving(random: Random, root: string): Trial {
  const call = random.pick(['rename', 'exchange', 'link'] as const);
  for (;;) {
    const name = random.pick(
      call === 'link' ? names.filter((one) => types[one] !== 'directory') : names,
    );
    const type = types[name] ?? 'regular';
    const fresh = call === 'link' || (call === 'rename' && random.chance(0.6));
    const target = fresh
      ? join(random.pick(directories), 'new')
      : random.pick(call === 'exchange' ? names : leaves);
    const replaced = fresh ? null : (types[target] ?? 'regular');
    const nested = isBeneath(`/${target}`, `/${name}`) || isBeneath(`/${name}`, `/${target}`);
    const alike = (replaced === 'directory') === (type === 'directory');
    if (nested || (call === 'rename' && replaced !== null && !alike)) continue;
    const from = join(root, name);
    const to = join(root, target);
    return {
      operation:
        call === 'link'
          ? { kind: 'link', from, to, type }
          : { kind: 'rename', from, to, type, replaced, exchange: call === 'exchange' },
      attempt: [call, from, to],
    };
  }
}

async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, () => listening({ port: 0, host: '127.0.0.1' })),
  );
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

function listening(where: { port: number; host: string }): Promise<Server> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(where, () => resolve(server));
  });
}
