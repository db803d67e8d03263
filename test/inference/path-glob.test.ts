import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Globs, pathGlob, type Surroundings } from '../../inference/path-glob.js';

const globs = suite('globs for paths');

const surroundings: Surroundings = {
  environment: { HOME: '/home/me', XDG_RUNTIME_DIR: '/run/user/7/' },
  directory: '/srv/[a]{b}',
};

/** What each glob, as it was written, holds and does not hold. */
const table: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['/srv/data', ['/srv/data', '/srv/data/x/y'], ['/srv', '/srv/data2', '/x/srv/data']],
  ['/srv/data/', ['/srv/data', '/srv/data/x'], ['/srv/data2']],
  ['/', ['/', '/anything'], []],
  ['/srv/*', ['/srv/a', '/srv/a/b', '/srv/.a'], ['/srv']],
  ['/srv/**', ['/srv/a', '/srv/a/b/c'], ['/srvx']],
  ['/srv/**/x', ['/srv/x', '/srv/a/b/x', '/srv/a/b/x/y'], ['/srv/a']],
  ['~', ['/home/me', '/home/me/x'], ['/home/you', '/~']],
  ['~/.ssh', ['/home/me/.ssh', '/home/me/.ssh/id'], ['/home/me/.sshx', '/home/you/.ssh']],
  ['${HOME}/.ssh', ['/home/me/.ssh/id'], ['/home/me/x']],
  ['${XDG_CONFIG_HOME}/app', ['/home/me/.config/app/x'], ['/home/me/.config']],
  ['${XDG_RUNTIME_DIR}/bus', ['/run/user/7/bus'], ['/run/user/8/bus']],
  ['${TMPDIR}', ['/tmp/x'], ['/var/tmp']],
  ['${WORKDIR}/x', ['/srv/[a]{b}/x'], ['/srv/ab/x']],
  ['*.pyc', ['/a.pyc', '/x/y/.z.pyc', '/x.pyc/y'], ['/a.py', '/pyc']],
  ['**/cache', ['/cache', '/a/b/cache/x'], ['/a/caches']],
  ['.', ['/srv/[a]{b}', '/srv/[a]{b}/x'], ['/srv/ab', '/srv']],
  ['./build', ['/srv/[a]{b}/build/x'], ['/srv/[a]{b}/x/build']],
  ['build/*.o', ['/srv/[a]{b}/build/x.o'], ['/x/build/x.o']],
  ['/srv/{a,b}', ['/srv/a', '/srv/b/x'], ['/srv/c']],
  ['/srv/[!a]', ['/srv/b', '/srv/\udcff'], ['/srv/a']],
  ['/srv/?', ['/srv/\udcff', '/srv/a/x'], ['/srv/\udcff\udcff']],
  ['/srv/*x', ['/srv/\udcffx', '/srv/\n\udc80x/y'], ['/srv/\udcff']],
  ['!/srv', [], ['/srv', '/x']],
  ['#x', ['/srv/#x'], ['/x']],
];

for (const [source, held, others] of table) {
  globs(`${source} holds what it says, and nothing else`, () => {
    const found = new Globs([pathGlob({ source, from: '--exclude' }, surroundings)]);
    for (const path of held) assert.is(found.holding(path)?.source, source, path);
    for (const path of others) assert.is(found.holding(path), undefined, path);
  });
}

globs('the same is answered in any order, however often', () => {
  const found = new Globs([pathGlob({ source: '/srv/*/x', from: '' }, surroundings)]);
  const paths = ['/srv/a/x/y/z', '/srv/a', '/srv/a/x', '/srv/a/x/y/z', '/srv/a/y', '/srv/a/x/y'];
  const answers = paths.map((path) => found.holding(path) !== undefined);
  assert.equal(answers, [true, false, true, true, false, true]);
});

globs('what may lie beneath is told by the first names', () => {
  const beneath = (source: string, path: string) =>
    new Globs([pathGlob({ source, from: '' }, surroundings)]).mayBeBeneath(path);
  assert.is(beneath('/srv/*/x', '/srv'), true);
  assert.is(beneath('/srv/*/x', '/srv/a'), true);
  assert.is(beneath('/srv/*/x', '/usr'), false);
  assert.is(beneath('**/x', '/usr'), false);
});

globs('what cannot be known is refused, with what is known', () => {
  const refused = (source: string, of = surroundings) => {
    try {
      pathGlob({ source, from: '--exclude' }, of);
      return 'nothing was refused';
    } catch (error) {
      return (error as Error).message;
    }
  };
  assert.match(refused('${FOO}/x'), /^--exclude \$\{FOO\}\/x: \$\{FOO\} is not known; .*HOME/);
  assert.match(refused(''), /not empty/);
  assert.match(refused('/srv/\ufffd'), /not UTF-8; \? stands for/);
  const nowhere = { environment: {}, directory: '' };
  assert.match(refused('~/x', { ...surroundings, ...nowhere }), /\$\{HOME\} is not known/);
  assert.match(refused('a/b', { ...surroundings, ...nowhere }), /begin with \//);
});

globs.run();
