import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { PortableSpelling } from '../../profiles/portable.js';
import { expandTemplate } from '../../profiles/templates.js';
import type { AmbientVariables } from '../../tracer/ambient-names.js';
import { Random } from '../support/random.js';

const portable = suite('spelling paths by variables');

const alice: AmbientVariables = {
  HOME: '/home/alice',
  LOADER: 'ld-linux-x86-64.so.2',
  MULTIARCH: 'x86_64-linux-gnu',
  TMPDIR: '/tmp',
  UID: '1000',
  WORKDIR: '/home/alice/src/project',
  XDG_CONFIG_HOME: '/home/alice/.config',
  XDG_RUNTIME_DIR: '/run/user/1000',
};

portable('each path is spelled by the closest place that has a name', () => {
  const spelled = spelling(alice);
  assert.is(spelled('/home/alice'), '${HOME}');
  assert.is(spelled('/home/alice/.gitconfig'), '${HOME}/.gitconfig');
  assert.is(spelled('/home/alice/.config/git/config'), '${XDG_CONFIG_HOME}/git/config');
  assert.is(spelled('/home/alice/src/project/main.c'), '${WORKDIR}/main.c');
  assert.is(spelled('/home/alice/src/other'), '${HOME}/src/other');
  assert.is(spelled('/home/alice2/x'), '/home/alice2/x');
  assert.is(spelled('/run/user/1000/bus'), '${XDG_RUNTIME_DIR}/bus');
});

portable('what everybody has is called by its name, but for the directory itself', () => {
  const spelled = spelling(alice);
  assert.is(spelled('/tmp'), '${TMPDIR}');
  assert.is(spelled('/tmp/.X11-unix/X0'), '/tmp/.X11-unix/X0');
  assert.is(spelling({ ...alice, TMPDIR: '/tmp/alice' })('/tmp/alice/x'), '${TMPDIR}/x');
});

portable('numbers of users, tuples and loaders stand where they mean that', () => {
  const spelled = spelling({ ...alice, XDG_RUNTIME_DIR: '/elsewhere' });
  assert.is(spelled('/run/user/1000/bus'), '/run/user/${UID}/bus');
  assert.is(spelled('/tmp/tmux-1000/default'), '/tmp/tmux-${UID}/default');
  for (const other of ['/tmp/1000', '/tmp/tmux-10000', '/srv/tmux-1000', '/run/user/10001/bus']) {
    assert.is(spelled(other), other);
  }
  assert.is(spelling({ UID: '0' })('/tmp/file-0'), '/tmp/file-0');
  const libraries = '/usr/lib/x86_64-linux-gnu';
  assert.is(spelled(`${libraries}/ld-linux-x86-64.so.2`), '/usr/lib/${MULTIARCH}/${LOADER}');
  assert.is(spelled('/usr/bin/x86_64-linux-gnu-gcc-12'), '/usr/bin/${MULTIARCH}-gcc-12');
  assert.is(
    spelled('/usr/lib/python3/x86_64-linux-gnux32/a'),
    '/usr/lib/python3/x86_64-linux-gnux32/a',
  );
  assert.is(spelled('/srv/x86_64-linux-gnu'), '/srv/x86_64-linux-gnu');
});

portable('a home that one works in is the home; what is no place of anybody’s is none', () => {
  assert.is(spelling({ HOME: '/home/a', WORKDIR: '/home/a' })('/home/a/x'), '${HOME}/x');
  for (const WORKDIR of [
    '/',
    '/usr/share/doc',
    '/home',
    '/home/bob',
    '/home/a/.ssh',
    '/var',
    '/tmp',
  ]) {
    const path = WORKDIR === '/' ? '/x' : `${WORKDIR}/x`;
    assert.is(spelling({ HOME: '/home/a/b', WORKDIR })(path), path, WORKDIR);
  }
  assert.is(spelling({ HOME: '/' })('/x'), '/x');
  assert.is(spelling({ HOME: '/root' })('/root/x'), '${HOME}/x');
  assert.is(spelling({ HOME: '/tmp' })('/tmp/x'), '/tmp/x');
});

portable(
  'dollar signs stay what they are, and bytes that are no UTF-8 stay with their path',
  () => {
    assert.is(spelling(alice)('/home/alice/${HOME}/$x'), '${HOME}/$${HOME}/$$x');
    assert.is(spelling(alice)('/home/alice/\udcff'), '/home/alice/\udcff');
  },
);

portable('any path is what its template stands for', () => {
  const random = new Random(5);
  const parts = [
    'home',
    'alice',
    '.config',
    'src',
    'project',
    'tmp',
    'run',
    'user',
    '1000',
    'x-1000',
  ];
  parts.push(
    'usr',
    'lib',
    'x86_64-linux-gnu',
    'ld-linux-x86-64.so.2',
    '${HOME}',
    '$',
    '$$',
    '{UID}',
  );
  const values = new Map(Object.entries(alice).map(([name, value]) => [name, [value]]));
  for (let round = 0; round < 5000; round++) {
    const length = 1 + random.below(6);
    const path = `/${Array.from({ length }, () => random.pick(parts)).join('/')}`;
    assert.equal(expandTemplate(spelling(alice)(path), values), [path]);
  }
});

portable('sentences name places as paths do, and nothing else', () => {
  const words = new PortableSpelling(alice);
  assert.is(
    words.text('git writes /home/alice/.git, not /home/alice.old or /srv/home/alice: /tmp, /tmp/x'),
    'git writes ${HOME}/.git, not /home/alice.old or /srv/home/alice: ${TMPDIR}, /tmp/x',
  );
  assert.is(new PortableSpelling({ HOME: '/h(.*' }).text('/h(.*/$1 /hx'), '${HOME}/$1 /hx');
});

portable.run();

function spelling(variables: AmbientVariables): (path: string) => string {
  const spelled = new PortableSpelling(variables);
  return (path) => spelled.template(path);
}
