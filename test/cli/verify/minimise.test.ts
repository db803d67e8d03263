import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { grantsOf } from '../../../cli/verify/grants.js';
import { needlessIn } from '../../../cli/verify/minimise.js';
import { withoutNeedless } from '../../../cli/verify/without.js';
import {
  accessNames,
  allAccess,
  type FsAccess,
  fsAccess,
  netAccess,
  scopeSet,
} from '../../../landlock/access-set.js';
import { domainOf } from '../../../landlock/domain.js';
import { hierarchiesOf } from '../../../landlock/hierarchy.js';
import type { Operation } from '../../../landlock/operation.js';
import { pathsOf } from '../../../landlock/operation-paths.js';
import { type PlacedProfile, rulesetOfPlaced } from '../../../profiles/placed.js';
import type { Profile } from '../../../profiles/profile.js';
import type { LiveOperation } from '../../../tracer/live-operations.js';

const minimising = suite('what a run did without');

const reading = fsAccess('read_file');

minimising('is a rule that nothing was done under', () => {
  assert.equal(needless({ '/a': reading, '/b': reading }, [read('/a/x')]), ['/b read_file']);
});

minimising('is a right that nobody used', () => {
  const wide = fsAccess('read_file', 'read_dir', 'write_file');
  assert.equal(needless({ '/a': wide }, [read('/a/x')]), ['/a write_file,read_dir']);
});

minimising('is the wider of two rules that grant the same', () => {
  assert.equal(needless({ '/': reading, '/a': reading }, [read('/a/x')]), ['/ read_file']);
});

minimising('is one of two rules that could each stand for the other, and not both', () => {
  const both = needless({ '/a': reading, '/a/b': reading }, [read('/a/b/x')]);
  assert.equal(both, ['/a read_file']);
});

minimising('is not what keeps a move from gaining rights', () => {
  const moving = fsAccess('remove_file', 'make_reg', 'refer');
  const move: Operation = {
    ...{ kind: 'rename', from: '/a/x', to: '/b/x', type: 'regular' },
    ...{ replaced: null, exchange: false },
  };
  const rules = {
    '/a': fsAccess('remove_file', 'refer', 'read_file'),
    '/b': (moving | reading) as FsAccess,
  };
  // Without read_file at the source the file would gain it by moving.
  assert.equal(needless(rules, [move, read('/b/x')]), ['/b remove_file']);
});

minimising('is a port that nobody asked for', () => {
  const ports = { 80: netAccess('connect_tcp'), 443: netAccess('connect_tcp', 'bind_tcp') };
  const connect: Operation = { kind: 'connect', protocol: 'tcp', port: 443 };
  assert.equal(needless({}, [connect], ports), ['80 connect_tcp', '443 bind_tcp']);
});

minimising('leaves a profile in which each right is needed', () => {
  const access = { '/a': fsAccess('read_file', 'read_dir'), '/b': reading, '/c': reading };
  const rules = placed(access);
  const operations = [read('/a/x'), read('/c')].map(live);
  const found = needlessIn(grantsOf(rules), domainOf(7, rulesetOfPlaced(rules)), operations);
  const less = withoutNeedless(profileOf(access), found);
  assert.equal(
    less.paths.map(({ parents, access: left }) => `${parents} ${accessNames('fs', left)}`),
    ['/a read_file', '/c read_file'],
  );
});

minimising('parts a rule on several paths by what each of them keeps', () => {
  const rule = {
    ...{ parents: ['/a', '/b', '/c'], access: fsAccess('read_file', 'execute'), reasons: ['why'] },
    source: { file: 'p', line: 1 },
  };
  const [grant] = grantsOf(placed({ '/b': reading }));
  if (grant?.kind !== 'path') throw new Error('there is a grant');
  const profile = { ...profileOf({}), paths: [rule] };
  const less = withoutNeedless(profile, [{ grant, access: fsAccess('execute') }]);
  assert.equal(
    less.paths.map(({ parents, access, reasons }) => [parents, accessNames('fs', access), reasons]),
    [
      [['/a', '/c'], ['execute', 'read_file'], ['why']],
      [['/b'], ['read_file'], ['why']],
    ],
  );
});

minimising.run();

type Rules = Readonly<Record<string, FsAccess>>;
type Ports = Readonly<Record<number, ReturnType<typeof netAccess>>>;

function needless(rules: Rules, operations: readonly Operation[], ports: Ports = {}) {
  const profile = placed(rules, ports);
  const domain = domainOf(7, rulesetOfPlaced(profile));
  return needlessIn(grantsOf(profile), domain, operations.map(live)).map(({ grant, access }) =>
    grant.kind === 'path'
      ? `${grant.spelt} ${accessNames('fs', access as FsAccess)}`
      : `${grant.port} ${accessNames('net', access as Ports[0])}`,
  );
}

function read(path: string): Operation {
  return {
    ...{ kind: 'open', path, type: 'regular', read: true, write: false },
    ...{ truncate: false, create: 'no' },
  };
}

/** Every path is an object of its own. */
function live(operation: Operation): LiveOperation {
  const paths = pathsOf(operation).flatMap((path) => [...hierarchiesOf(path)]);
  const objects = new Map(paths.map((path) => [path, path]));
  return { operation, executable: '/usr/bin/x', call: 'x', objects };
}

const handled = {
  abi: 7,
  handledFs: allAccess('fs', 7),
  handledNet: allAccess('net', 7),
  scoped: scopeSet(),
  creations: [],
} as const;

function placed(rules: Rules, ports: Ports = {}): PlacedProfile {
  return {
    ...handled,
    file: 'p',
    newerAbi: undefined,
    variables: [],
    paths: Object.entries(rules).map(([path, access]) => ({
      ...{ named: path, template: path, identity: path, access, reasons: [] },
      source: { file: 'p', line: 1 },
      place: {
        ...{ path, links: [], type: 'directory' },
        hierarchies: [...hierarchiesOf(path)].map((each) => ({ path: each, identity: each })),
      },
    })),
    ports: Object.entries(ports).map(([port, access]) => ({
      ...{ port: Number(port), access, reasons: [] },
      source: { file: 'p', line: 2 },
    })),
  };
}

function profileOf(rules: Rules): Profile {
  return {
    ...handled,
    variables: [],
    paths: Object.entries(rules).map(([path, access]) => ({
      ...{ parents: [path], access, reasons: [] },
      source: { file: 'p', line: 1 },
    })),
    ports: [],
    learned: undefined,
  };
}
