import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { infer } from '../../inference/infer.js';
import type { Inference } from '../../inference/inference.js';
import { rulesetOf } from '../../inference/ruleset.js';
import type { Run } from '../../inference/run.js';
import { accessNames, formatAccess } from '../../landlock/access-set.js';
import type { FileType, Operation } from '../../landlock/operation.js';
import type { ObjectState, RecordedOperation } from '../../tracer/trace.js';
import { record } from './random-program.js';

const inferring = suite('inferring');
const abi = 7;

inferring('grants what was used on the very object', () => {
  const inference = inferFrom([
    opened('/srv/data', { read: true }),
    { kind: 'truncate', path: '/srv/log' },
  ]);
  assert.equal(rulesOf(inference), { '/srv/data': '{read_file}', '/srv/log': '{truncate}' });
  assert.equal(rulesetOf(inference).paths.length, 2);
  assert.equal(inference.findings, []);
});

inferring('drops what a rule above grants already', () => {
  const listing = opened('/srv', { read: true, type: 'directory' });
  const beneath = opened('/srv/a', { read: true, type: 'directory' });
  assert.equal(rulesOf(inferFrom([listing, beneath])), { '/srv': '{read_dir}' });
});

inferring('expects a file that was made and truncated to be truncated the next time', () => {
  const made = opened('/srv/log', { write: true, truncate: true, create: 'new' });
  const inference = inferFrom([made], [came('/srv/log')]);
  assert.equal(rulesOf(inference), { '/srv': '{write_file,make_reg,truncate}' });
  const [rule] = inference.paths;
  assert.ok(rule?.uses.some(({ why }) => why === 'anticipated'));
});

inferring('expects a file that was found and removed to be made the next time', () => {
  const found = opened('/srv/lock', { write: true, create: 'existing' });
  const removed: Operation = { kind: 'remove', path: '/srv/lock', type: 'regular' };
  const inference = inferFrom([found, removed], [went('/srv/lock')]);
  assert.equal(rulesOf(inference), { '/srv': '{write_file,remove_file,make_reg}' });
});

inferring('expects a name that was given to be taken the next time', () => {
  const renamed = moved('/srv/new/a', '/srv/a');
  const inference = inferFrom([renamed], [came('/srv/a'), went('/srv/new/a', 'missing')]);
  assert.equal(rulesOf(inference), {
    '/srv': '{remove_file,make_reg,refer}',
  });
});

inferring('lifts what lies in a tree that was made to the nearest directory that was there', () => {
  const inference = inferFrom(
    [
      { kind: 'make', path: '/srv/a', type: 'directory' },
      { kind: 'make', path: '/srv/a/b', type: 'directory' },
      opened('/srv/a/b/c', { read: true, create: 'new' }),
    ],
    [came('/srv/a', 'directory'), came('/srv/a/b', 'directory'), came('/srv/a/b/c')],
  );
  assert.equal(rulesOf(inference), { '/srv': '{read_file,make_dir,make_reg}' });
  assert.ok(inference.paths[0]?.uses.some(({ why }) => why === 'lifted'));
  assert.equal(inference.creations, []);
});

inferring('creates first what a program makes in a home, and grants nothing on the home', () => {
  const inference = inferFrom(
    [
      { kind: 'make', path: '/home/me/.cache/app', type: 'directory' },
      opened('/home/me/.cache/app/x', { write: true, truncate: true, create: 'new' }),
      opened('/home/me/.apprc', { write: true, create: 'new' }),
    ],
    [
      came('/home/me/.cache/app', 'directory', 0o700),
      came('/home/me/.cache/app/x'),
      came('/home/me/.apprc', 'regular', 0o600),
    ],
  );
  assert.equal(rulesOf(inference), {
    '/home/me/.apprc': '{write_file}',
    '/home/me/.cache/app': '{write_file,make_reg,truncate}',
  });
  assert.equal(inference.creations, [
    { path: '/home/me/.apprc', kind: 'file', mode: 0o600 },
    { path: '/home/me/.cache/app', kind: 'directory', mode: 0o700 },
  ]);
  assert.equal(inference.findings, []);
});

inferring('creates first a directory that a program makes in a home and leaves alone', () => {
  const made: Operation = { kind: 'make', path: '/home/me/.app', type: 'directory' };
  const inference = inferFrom([made], [came('/home/me/.app', 'directory')]);
  assert.equal(rulesOf(inference), {});
  assert.equal(
    inference.creations.map(({ path }) => path),
    ['/home/me/.app'],
  );
});

inferring('creates first a guarded place that was made, so that the home stays shut', () => {
  const inference = inferFrom(
    [
      { kind: 'make', path: '/home/me/.config', type: 'directory' },
      opened('/home/me/.config/new', { write: true, create: 'exclusive' }),
      moved('/home/me/.config/new', '/home/me/.config/apprc'),
    ],
    [
      came('/home/me/.config', 'directory'),
      went('/home/me/.config/new', 'missing'),
      came('/home/me/.config/apprc'),
    ],
  );
  assert.equal(rulesOf(inference), {
    '/home/me/.config': '{write_file,remove_file,make_reg}',
  });
  assert.equal(
    inference.creations.map(({ path }) => path),
    ['/home/me/.config'],
  );
  assert.match(inference.findings[0]?.sentence ?? '', /^\/home\/me\/\.config is the configuration/);
});

inferring('does not create first what a program insists on making', () => {
  const made = opened('/home/me/.lock', { write: true, create: 'exclusive' });
  const inference = inferFrom([made], [came('/home/me/.lock')]);
  assert.equal(inference.creations, []);
  assert.equal(rulesOf(inference), { '/home/me': '{write_file,make_reg}' });
});

inferring('grants, flags and explains a file that is replaced in a home', () => {
  const inference = inferFrom(
    [
      opened('/home/me/.apprc.new', { write: true, create: 'new' }),
      moved('/home/me/.apprc.new', '/home/me/.apprc', 'regular'),
    ],
    [went('/home/me/.apprc.new', 'missing'), { ...came('/home/me/.apprc'), before: 'regular' }],
  );
  assert.equal(rulesOf(inference), { '/home/me': '{write_file,remove_file,make_reg}' });
  assert.is(inference.paths[0]?.guarded, 'a home directory');
  const [finding, ...others] = inference.findings;
  assert.equal(others, []);
  assert.is(finding?.severity, 'high');
  assert.equal(finding?.rules, ['/home/me']);
  assert.match(
    finding?.sentence ?? '',
    /^\/home\/me is a home directory, and write_file, remove_file, make_reg is granted on all of it, since program needs it there; that opens shell start-up files, /,
  );
});

inferring(
  'grants a file that is replaced on its directory, since a rule goes with the file',
  () => {
    const inference = inferFrom(
      [
        opened('/srv/state', { read: true }),
        opened('/srv/state.new', { write: true, create: 'exclusive' }),
        moved('/srv/state.new', '/srv/state', 'regular'),
      ],
      [{ ...came('/srv/state'), before: 'regular' }, went('/srv/state.new', 'missing')],
    );
    assert.equal(rulesOf(inference), { '/srv': '{write_file,read_file,remove_file,make_reg}' });
  },
);

inferring('grants what differs from run to run on the directory that holds it', () => {
  const inference = inferFrom(
    [
      opened('/proc/[pid]/stat', { read: true }),
      opened('/dev/pts/[n]', { read: true, write: true, type: 'char-device' }),
    ],
    [went('/proc/[pid]', 'missing'), went('/dev/pts/[n]', 'missing')],
  );
  assert.equal(rulesOf(inference), {
    '/dev/pts': '{write_file,read_file}',
    '/proc': '{read_file}',
  });
  assert.is(inference.paths[1]?.guarded, 'all processes');
});

inferring('equalises what a rename to another directory would gain', () => {
  const inference = inferFrom(
    [moved('/srv/in/a', '/srv/out/a'), opened('/srv/out/b', { read: true, create: 'new' })],
    [went('/srv/in/a'), came('/srv/out/a'), came('/srv/out/b')],
  );
  assert.equal(rulesOf(inference), {
    '/srv/in': '{read_file,remove_file,refer}',
    '/srv/out': '{read_file,remove_file,make_reg,refer}',
  });
  const equalised = inference.paths[0]?.uses.filter(({ why }) => why === 'equalised');
  assert.equal(
    equalised?.map(({ access }) => formatAccess('fs', access)),
    ['{read_file}'],
  );
});

inferring('equalises what a link to another directory would gain on the file alone', () => {
  const inference = inferFrom(
    [
      { kind: 'link', from: '/srv/in/a', to: '/srv/out/a', type: 'regular' },
      opened('/srv/out/a', { read: true }),
    ],
    [came('/srv/out/a')],
  );
  assert.equal(rulesOf(inference), {
    '/srv/in': '{refer}',
    '/srv/in/a': '{read_file}',
    '/srv/out': '{read_file,make_reg,refer}',
  });
  assert.is(inference.paths.find(({ path }) => path === '/srv/in/a')?.directory, false);
});

inferring('tells that the first ABI allows no crossing of directories', () => {
  const inference = infer([runOf([moved('/srv/in/a', '/srv/out/a')], [])], 1);
  assert.not.ok(JSON.stringify(rulesOf(inference)).includes('refer'));
  assert.is(inference.findings[0]?.severity, 'impossible');
  assert.match(inference.findings[0]?.sentence ?? '', /EXDEV$/);
});

inferring('leaves out the scopes that the program has to be without', () => {
  const inference = inferFrom([
    { kind: 'signal', inside: false },
    { kind: 'connect-abstract', name: 'x', inside: true },
  ]);
  assert.equal(
    inference.unscoped.map(({ scope }) => scope),
    ['signal'],
  );
  assert.equal(accessNames('scope', rulesetOf(inference).scoped), ['abstract_unix_socket']);
});

inferring('joins the rights on a port, and tells of one that may be another the next time', () => {
  const inference = inferFrom([
    { kind: 'bind', protocol: 'tcp', port: 8080 },
    { kind: 'connect', protocol: 'tcp', port: 8080 },
    { kind: 'connect', protocol: 'tcp', port: 45678 },
  ]);
  assert.equal(
    inference.ports.map(({ port, access }) => [port, formatAccess('net', access)]),
    [
      [8080, '{bind_tcp,connect_tcp}'],
      [45678, '{connect_tcp}'],
    ],
  );
  assert.equal(inference.findings.length, 1);
  assert.match(inference.findings[0]?.sentence ?? '', /45678/);
});

inferring('tells once of mounting, which no ruleset can allow', () => {
  const mount = { kind: 'change-topology', call: 'mount' } as const;
  const inference = inferFrom([mount, mount]);
  assert.equal(rulesOf(inference), {});
  assert.equal(
    inference.findings.map(({ severity }) => severity),
    ['impossible'],
  );
});

inferring('counts how often the runs used a thing, over all of them', () => {
  const read = (count: number): RecordedOperation =>
    record(opened('/srv/data', { read: true }), 'openat', count);
  const run = (count: number): Run => ({ ...runOf([], []), operations: [read(count)] });
  const { paths } = infer([run(2), run(3)], abi);
  assert.is(paths[0]?.uses[0]?.count, 5);
});

inferring('finds nothing to grant where nothing was asked', () => {
  assert.equal(infer([], abi), {
    abi,
    paths: [],
    ports: [],
    unscoped: [],
    creations: [],
    findings: [],
  });
});

inferring.run();

function inferFrom(
  operations: readonly Operation[],
  objects: readonly ObjectState[] = [],
): Inference {
  return infer([runOf(operations, objects)], abi);
}

function runOf(operations: readonly Operation[], objects: readonly ObjectState[]): Run {
  return {
    operations: operations.map((operation) => record(operation)),
    objects,
    environment: { HOME: '/home/me' },
  };
}

function rulesOf({ paths }: Inference): Record<string, string> {
  return Object.fromEntries(paths.map(({ path, access }) => [path, formatAccess('fs', access)]));
}

interface Opening {
  readonly read?: boolean;
  readonly write?: boolean;
  readonly truncate?: boolean;
  readonly create?: 'new' | 'exclusive' | 'existing';
  readonly type?: FileType;
}

function opened(path: string, how: Opening): Operation {
  const nothing = { read: false, write: false, truncate: false, create: 'no' } as const;
  return { kind: 'open', path, type: 'regular', ...nothing, ...how };
}

function moved(from: string, to: string, replaced: FileType | null = null): Operation {
  return { kind: 'rename', from, to, type: 'regular', replaced, exchange: false };
}

/** What a run made, and left there. */
function came(path: string, type: FileType = 'regular', mode = 0o644): ObjectState {
  return { path, before: 'missing', after: type, changed: true, mode };
}

/** What a run took away. */
function went(path: string, before: FileType | 'missing' = 'regular'): ObjectState {
  return { path, before, after: 'missing', changed: true, mode: 0 };
}
