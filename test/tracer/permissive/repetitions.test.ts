import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type NotedCall, Repetitions } from '../../../tracer/permissive/repetitions.js';

const repetitions = suite('calls that are noted already');

const note: NotedCall = {
  call: 'openat',
  flags: 0,
  executable: '/usr/bin/cc1',
  standing: { type: 'regular', device: 1, inode: 2 },
  follow: false,
  real: '/usr/include/stdio.h',
  path: '/usr/include/stdio.h',
  counted: { count: 2 },
  images: [],
};
const named = '/usr/include/stdio.h';

repetitions('are those of the same program, call and flags', () => {
  const noted = new Repetitions();
  noted.add(named, note);
  assert.is(noted.get(named, { call: 'openat', flags: 0, executable: '/usr/bin/cc1' }), note);
  for (const other of [{ call: 'open' }, { flags: 0o2000000 }, { executable: '/usr/bin/as' }]) {
    assert.is(noted.get(named, { ...note, ...other }), undefined, JSON.stringify(other));
  }
  assert.is(noted.get('/usr/include/errno.h', note), undefined);
});

repetitions('of several programs stand side by side, the latest of them', () => {
  const noted = new Repetitions();
  const programs = Array.from({ length: 20 }, (_, at) => ({ ...note, executable: `/bin/${at}` }));
  for (const program of programs) noted.add(named, program);
  const kept = programs.filter((program) => noted.get(named, program) === program);
  assert.ok(kept.length > 1 && kept.length < 20, String(kept.length));
  assert.equal(kept, programs.slice(-kept.length));
});

repetitions('take the place of what was noted of the same', () => {
  const noted = new Repetitions();
  const later = { ...note, real: '/usr/include/other.h' };
  noted.add(named, note);
  noted.add(named, later);
  assert.is(noted.get(named, note), later);
});

repetitions('are no more than a bounded number of paths', () => {
  const noted = new Repetitions();
  const paths = Array.from({ length: 25_000 }, (_, at) => `/tmp/${at}`);
  for (const path of paths) noted.add(path, note);
  const kept = paths.filter((path) => noted.get(path, note) !== undefined);
  assert.ok(kept.length > 0 && kept.length <= 10_000, String(kept.length));
  assert.is(kept.at(-1), paths.at(-1));
});

repetitions(
  'are forgotten where something else stands, and all where names may lead elsewhere',
  () => {
    const noted = new Repetitions();
    noted.add(named, note);
    noted.add('/etc/passwd', note);
    noted.drop(named);
    assert.is(noted.get(named, note), undefined);
    assert.is(noted.get('/etc/passwd', note), note);
    noted.forget();
    assert.is(noted.get('/etc/passwd', note), undefined);
  },
);

repetitions('are none until a change that was let go has happened', async () => {
  const noted = new Repetitions();
  noted.forget();
  noted.add(named, note);
  assert.is(noted.get(named, note), undefined);
  await new Promise((resolve) => setTimeout(resolve, 20));
  noted.add(named, note);
  assert.is(noted.get(named, note), note);
});

repetitions.run();
