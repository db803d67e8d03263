import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { infer } from '../../inference/infer.js';
import { inferSelected, type Wishes } from '../../inference/infer-selected.js';
import type { Inference } from '../../inference/inference.js';
import { pathGlob } from '../../inference/path-glob.js';
import type { Run } from '../../inference/run.js';
import { select } from '../../inference/selection.js';
import { type FsAccess, fsAccess, isSubset, union } from '../../landlock/access-set.js';
import { isBeneath } from '../../landlock/hierarchy.js';
import type { Operation } from '../../landlock/operation.js';
import { Random } from '../support/random.js';
import { randomProgram, record } from './random-program.js';

const selecting = suite('selecting what is granted');
const abi = 7;

selecting('what is excluded is not granted, and told', () => {
  const run = runOf([read('/srv/a'), read('/home/me/.ssh/id')]);
  const inference = inferSelected([run], abi, wishing({ exclude: ['~/.ssh'] }));
  assert.equal(pathsOf(inference), ['/srv/a']);
  assert.equal(
    inference.findings.map(({ severity, sentence }) => [severity, sentence]),
    [
      [
        'warning',
        '--exclude ~/.ssh leaves out what program did to /home/me/.ssh/id: that fails under the profile',
      ],
    ],
  );
});

selecting('what other rules grant all the same is told as such', () => {
  const lists: Operation = { ...read('/srv'), type: 'directory' } as Operation;
  const within: Operation = { ...read('/srv/a'), type: 'directory' } as Operation;
  const inference = inferSelected([runOf([lists, within])], abi, wishing({ exclude: ['/srv/a'] }));
  assert.match(
    inference.findings[0]?.sentence ?? '',
    /^--exclude \/srv\/a is in vain for \/srv\/a/,
  );
});

selecting('only what is included is granted, and what is not a path', () => {
  const connect: Operation = { kind: 'connect', protocol: 'tcp', port: 443 };
  const run = runOf([read('/srv/a'), read('/etc/b'), connect]);
  const inference = inferSelected([run], abi, wishing({ include: ['/srv'] }));
  assert.equal(pathsOf(inference), ['/srv/a']);
  assert.is(inference.ports.length, 1);
  assert.match(inference.findings[0]?.sentence ?? '', /^--include leaves out .*\/etc\/b/);
});

selecting('a rename is left out as a whole, a program without its interpreter', () => {
  const moved: Operation = {
    ...{ kind: 'rename', from: '/srv/a/x', to: '/srv/b/x', type: 'regular' },
    ...{ replaced: null, exchange: false },
  };
  const started: Operation = { kind: 'execute', program: '/srv/p', interpreters: ['/lib/ld.so'] };
  const inference = inferSelected(
    [runOf([moved, started])],
    abi,
    wishing({ exclude: ['/srv/b', '/lib'] }),
  );
  assert.equal(pathsOf(inference), ['/srv/p']);
});

selecting('what is never to be folded is guarded as a home is', () => {
  const run: Run = {
    ...runOf([{ ...read('/srv/data/new'), create: 'new' } as Operation]),
    objects: [
      { path: '/srv/data/new', before: 'missing', after: 'regular', changed: true, mode: 0o644 },
    ],
  };
  assert.equal(pathsOf(infer([run], abi)), ['/srv/data']);
  const guarded = inferSelected([run], abi, wishing({ 'never-fold': ['/srv/data'] }));
  assert.equal(pathsOf(guarded), ['/srv/data/new']);
  assert.equal(
    guarded.creations.map(({ path }) => path),
    ['/srv/data/new'],
  );
});

selecting('law: what is kept and what is left out are what was seen', () => {
  forRandomRuns((run, wishes) => {
    const { runs, leftOut } = select([run], wishes);
    const named = (operation: Operation): readonly string[] =>
      operation.kind === 'execute'
        ? [operation.program, ...operation.interpreters].map((path) => `execute ${path}`)
        : [JSON.stringify(operation)];
    const all = [...run.operations].flatMap(({ operation }) => named(operation)).sort();
    const parted = [
      ...runs.flatMap(({ operations }) => [...operations]),
      ...leftOut.map((each) => each.record),
    ];
    assert.equal(parted.flatMap(({ operation }) => named(operation)).sort(), all);
  });
});

selecting('law: excluding never grants more, and excluding everything grants nothing', () => {
  forRandomRuns((run, wishes) => {
    assert.equal(pathsOf(inferSelected([run], abi, wishing({ exclude: ['/'] }))), []);
    const whole = infer([run], abi);
    for (const { path, access } of inferSelected([run], abi, wishes).paths) {
      assert.ok(isSubset(access, grantedAt(whole, path)), path);
    }
  });
});

selecting.run();

function forRandomRuns(check: (run: Run, wishes: Wishes) => void): void {
  for (let seed = 0; seed < 300; seed++) {
    const random = new Random(seed);
    const { run } = randomProgram(random, '/r', 12);
    const paths = [...run.objects].map(({ path }) => path);
    check(run, wishing({ exclude: paths.length > 0 ? [random.pick(paths)] : [] }));
  }
}

function grantedAt({ paths }: Inference, path: string): FsAccess {
  return paths
    .filter((rule) => isBeneath(path, rule.path))
    .reduce((access, rule) => union(access, rule.access), fsAccess());
}

function pathsOf({ paths }: Inference): readonly string[] {
  return paths.map(({ path }) => path);
}

function read(path: string): Operation {
  const nothing = { write: false, truncate: false, create: 'no' } as const;
  return { kind: 'open', path, type: 'regular', read: true, ...nothing };
}

function runOf(operations: readonly Operation[]): Run {
  return {
    operations: operations.map((operation) => record(operation)),
    objects: [],
    environment: { HOME: '/home/me' },
  };
}

function wishing(
  written: Partial<
    Readonly<Record<'exclude' | 'include' | 'never-fold' | 'missing', readonly string[]>>
  >,
): Wishes {
  const globs = (name: keyof typeof written) =>
    (written[name] ?? []).map((source) =>
      pathGlob(
        { source, from: `--${name}` },
        { environment: { HOME: '/home/me' }, directory: '/srv' },
      ),
    );
  return {
    ...{ exclude: globs('exclude'), include: globs('include') },
    ...{ neverFold: globs('never-fold'), missing: globs('missing') },
  };
}
