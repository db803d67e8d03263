import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { dearnessOf, type Folding, type FoldName, noExtents } from '../../inference/folding.js';
import { infer } from '../../inference/infer.js';
import { pathGlob } from '../../inference/path-glob.js';
import { rulesetOf } from '../../inference/ruleset.js';
import type { Run } from '../../inference/run.js';
import { accessNames, type FsAccess, fsAccess } from '../../landlock/access-set.js';
import { domainOf, judge } from '../../landlock/domain.js';
import type { FileType, Operation } from '../../landlock/operation.js';
import type { Extent, Extents } from '../../tracer/extent.js';
import { Random } from '../support/random.js';
import { weakened } from './expected.js';
import { record } from './random-program.js';

const foreseeing = suite('what no run showed');
const abi = 7;
const library = '/usr/lib/x86_64-linux-gnu';

foreseeing('a collection of which a file was read may be read as a whole', () => {
  const rules = rulesFor([reads('/usr/share/zoneinfo/Europe/Rome')]);
  assert.equal(rules, { '/usr/share/zoneinfo': ['read_file', 'read_dir'] });
});

foreseeing('one rule stands for all that was read of a collection', () => {
  const pages = ['man1/ls.1.gz', 'man1/cp.1.gz', 'man5/passwd.5.gz'];
  const rules = rulesFor(pages.map((page) => reads(`/usr/share/man/${page}`)));
  assert.equal(rules, { '/usr/share/man': ['read_file', 'read_dir'] });
});

foreseeing('with exact nothing is foreseen', () => {
  const operations = [reads('/usr/share/zoneinfo/UTC'), reads('/dev/null'), executes('/bin/dash')];
  assert.equal(rulesFor(operations, 'exact'), {
    '/bin/dash': ['execute', 'read_file'],
    '/dev/null': ['read_file'],
    '/usr/share/zoneinfo/UTC': ['read_file'],
  });
});

foreseeing('an index that every program reads stands for nothing else', () => {
  const index = `${library}/gconv/gconv-modules.cache`;
  const module = `${library}/gconv/ISO8859-1.so`;
  assert.equal(rulesFor([reads(index)]), { [index]: ['read_file'] });
  assert.equal(rulesFor([reads(index), reads(module)]), {
    [`${library}/gconv`]: ['read_file', 'read_dir'],
  });
});

foreseeing('who lists a collection reads nothing of it', () => {
  const rules = rulesFor([lists('/usr/share/zoneinfo')]);
  assert.equal(rules, { '/usr/share/zoneinfo': ['read_dir'] });
});

foreseeing('who changes a file of a collection is not one of its readers', () => {
  const rules = rulesFor([reads('/usr/share/vim/a'), writes('/usr/share/vim/a')]);
  assert.equal(rules, { '/usr/share/vim/a': ['write_file', 'read_file'] });
});

foreseeing('what a home or /usr/local has of a family is no collection', () => {
  const paths = ['/usr/local/share/perl/x.pm', '/home/me/.terminfo/x/xterm', '/home/me/.fonts/a'];
  for (const path of paths) assert.equal(rulesFor([reads(path)]), { [path]: ['read_file'] });
});

foreseeing('what the run itself made of a collection says nothing of the rest', () => {
  const path = '/usr/share/vim/new';
  const made = { path, before: 'missing', after: 'regular', changed: true, mode: 0o644 } as const;
  const rules = rulesFor([reads(path)], 'balanced', [made]);
  assert.equal(rules, { '/usr/share/vim': ['read_file'] });
});

foreseeing(
  'where one thing is looked for in several hierarchies, those on the disk go along',
  () => {
    const operations = [reads(`${library}/perl-base/strict.pm`)];
    const all = { [`${library}/perl-base`]: ['read_file', 'read_dir'] };
    assert.equal(rulesFor(operations), all);
    const disk = extentsOf(['/usr/share/perl']);
    assert.equal(rulesFor(operations, 'balanced', [], disk), {
      ...all,
      '/usr/share/perl': ['read_file', 'read_dir'],
    });
  },
);

foreseeing('a collection that is guarded by a wish is not granted as a whole', () => {
  const home = { environment: { HOME: '/home/me' }, directory: '/home/me' };
  for (const source of ['/usr/share/zoneinfo', '/usr/share/zoneinfo/right/**']) {
    const glob = pathGlob({ source, from: '--never-fold' }, home);
    const runs = [runOf([reads('/usr/share/zoneinfo/UTC')])];
    const { paths } = infer(runs, abi, foldingBy('balanced'), [glob]);
    assert.equal(asTable(paths), { '/usr/share/zoneinfo/UTC': ['read_file'] });
  }
});

foreseeing('a device that holds nothing may be used in every way, once it was in one', () => {
  for (const operation of [reads('/dev/null'), writes('/dev/null')]) {
    const rules = rulesFor([operation]);
    assert.equal(rules, { '/dev/null': ['write_file', 'read_file', 'ioctl_dev'] });
  }
  assert.equal(rulesFor([reads('/dev/tty')]), { '/dev/tty': ['read_file'] });
  assert.equal(rulesFor([reads('/dev/urandom')]), { '/dev/urandom': ['read_file'] });
});

foreseeing('a right that the kernel does not know is not foreseen', () => {
  const { paths } = infer([runOf([reads('/dev/null')])], 4, foldingBy('balanced'));
  assert.equal(asTable(paths), { '/dev/null': ['write_file', 'read_file'] });
});

foreseeing('a shell will use /dev/null, and other programs may leave it alone', () => {
  const nothing = ['write_file', 'read_file', 'ioctl_dev'];
  assert.equal(rulesFor([executes('/usr/bin/dash')])['/dev/null'], nothing);
  assert.equal(rulesFor([executes('/usr/bin/env')])['/dev/null'], undefined);
  assert.equal(rulesFor([reads('/usr/bin/dash')])['/dev/null'], undefined);
});

foreseeing('the rule says that it is for what no run showed', () => {
  const [rule] = infer(
    [runOf([reads('/usr/share/man/man1/ls.1.gz')])],
    abi,
    foldingBy('balanced'),
  ).paths;
  assert.equal(
    rule?.uses.map(({ path, why, access }) => [path, why, accessNames('fs', access)]),
    [
      ['/usr/share/man', 'foreseen', ['read_file', 'read_dir']],
      ['/usr/share/man/man1/ls.1.gz', 'observed', ['read_file']],
    ],
  );
});

foreseeing('what is opened is all but what was read', () => {
  const disk = extentsOf(['/usr/share/man'], 30);
  const { paths } = infer([runOf([reads('/usr/share/man/a')])], abi, {
    ...foldingBy('balanced'),
    extents: disk,
  });
  assert.equal(
    paths[0]?.opens?.map(({ what, count }) => [what, count]),
    [
      ['files', 29],
      ['directories', 1],
    ],
  );
});

foreseeing('the laws hold, with what the families say taken for what the next run asks', () => {
  let granted = 0;
  for (let seed = 0; seed < 400; seed++) {
    const random = new Random(seed);
    const operations = Array.from({ length: 1 + random.below(8) }, () => randomUse(random));
    const fold = random.pick(['balanced', 'broad'] as const);
    const runs = [runOf(operations)];
    const inference = infer(runs, abi, foldingBy(fold));
    const expected = [...operations, ...foreseenBy(operations)];
    const domain = domainOf(abi, rulesetOf(inference));
    for (const operation of expected) {
      assert.equal(judge(domain, operation), { allowed: true }, `seed ${seed}`);
    }
    for (const { what, less } of weakened(rulesetOf(inference))) {
      const weaker = domainOf(abi, less);
      const isNeeded = expected.some((operation) => !judge(weaker, operation).allowed);
      assert.ok(isNeeded, `seed ${seed}: nothing needs ${what}`);
    }
    const turned = infer([runOf([...operations].reverse())], abi, foldingBy(fold));
    assert.equal(turned, inference, `seed ${seed}: the order counts`);
    const exact = infer(runs, abi, foldingBy('exact')).paths.length;
    const brought = operations.some(({ kind }) => kind === 'execute') ? 1 : 0;
    assert.ok(inference.paths.length <= exact + brought, `seed ${seed}: more rules than exact`);
    granted += inference.paths.filter(({ path }) => collections.includes(path)).length;
  }
  assert.ok(granted > 300, `only ${granted} collections were granted`);
});

foreseeing.run();

const collections = ['/usr/share/zoneinfo', '/usr/lib/python3.11', '/etc/ssl/certs'];
const others = ['/usr/share/doc', '/usr/lib/python3-x', '/etc/ssl/private', '/srv/data'];

function randomUse(random: Random): Operation {
  const directory = random.pick([...collections, ...others]);
  const path = `${directory}/${random.pick(['a', 'b', 'c/d'])}`;
  switch (random.below(7)) {
    case 0:
      return lists(directory);
    case 1:
      return writes(path);
    case 2:
      return executes(random.pick([path, '/usr/bin/bash']));
    case 3:
      return random.pick([reads, writes])('/dev/null');
    default:
      return reads(path);
  }
}

/** What the families say that the next run may ask, by what is told of them in the documents. */
function foreseenBy(operations: readonly Operation[]): readonly Operation[] {
  const onlyRead = (path: string) =>
    operations.every((one) => pathOf(one) !== path || (one.kind === 'open' && !one.write));
  const isOfCollection = (collection: string) =>
    operations.some(
      (one) =>
        one.kind === 'open' &&
        one.type === 'regular' &&
        one.path.startsWith(`${collection}/`) &&
        onlyRead(one.path),
    );
  const nothing =
    operations.some((one) => pathOf(one) === '/dev/null') ||
    operations.some((one) => one.kind === 'execute' && pathOf(one) === '/usr/bin/bash');
  return [
    ...collections.filter(isOfCollection).flatMap((path) => [reads(`${path}/other`), lists(path)]),
    ...(nothing ? [reads('/dev/null'), writes('/dev/null'), controls('/dev/null')] : []),
  ];
}

function pathOf(operation: Operation): string {
  if (operation.kind === 'execute') return operation.program;
  return 'path' in operation ? operation.path : '';
}

function opens(path: string, type: FileType, write: boolean): Operation & { kind: 'open' } {
  return { kind: 'open', path, type, read: !write, write, truncate: false, create: 'no' };
}

function reads(path: string): Operation {
  return opens(path, path.startsWith('/dev/') ? 'char-device' : 'regular', false);
}

function writes(path: string): Operation {
  return opens(path, path.startsWith('/dev/') ? 'char-device' : 'regular', true);
}

function lists(path: string): Operation {
  return opens(path, 'directory', false);
}

function controls(path: string): Operation {
  return { kind: 'device-ioctl', path, type: 'char-device' };
}

function executes(program: string): Operation {
  return { kind: 'execute', program, interpreters: [] };
}

function runOf(operations: readonly Operation[], objects: Run['objects'] = []): Run {
  return { operations: operations.map((one) => record(one)), objects, environment: {} };
}

function foldingBy(name: FoldName, extents: Extents = noExtents): Folding {
  return { dearness: dearnessOf[name], maxRules: undefined, extents };
}

function rulesFor(
  operations: readonly Operation[],
  fold: FoldName = 'balanced',
  objects: Run['objects'] = [],
  extents: Extents = noExtents,
): Readonly<Record<string, readonly string[]>> {
  return asTable(infer([runOf(operations, objects)], abi, foldingBy(fold, extents)).paths);
}

function asTable(
  rules: readonly { readonly path: string; readonly access: FsAccess }[],
): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(rules.map(({ path, access }) => [path, accessNames('fs', access)]));
}

function extentsOf(paths: readonly string[], files = 3): Extents {
  const extent: Extent = {
    files: new Map([['system', files]]),
    programs: new Map(),
    directories: new Map([['system', 1]]),
    unmet: files,
    closed: fsAccess(),
  };
  return { of: new Map(paths.map((path) => [path, extent])), cut: [] };
}
