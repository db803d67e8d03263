import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Ended, execute } from '../support/command.js';
import {
  lacksLandlock,
  lacksPrograms,
  lacksRoot,
  lacksWayForOthers,
  testWhere,
} from '../support/requirements.js';
import { lacksTracer } from '../support/tracer.js';
import { base } from './fixtures.js';
import { enforcing, learning, withoutOurWords } from './stage.js';

const others = suite('a profile that another user enforces');
const lack = lacksRoot() ?? lacksWayForOthers() ?? lacksLandlock(7) ?? lacksTracer();

/** What people do with git every day, each in a repository of their own. */
const everyday = [
  'git init -q -b main .',
  'echo one > file && git add file && git commit -q -m one',
  'git checkout -q -b topic && echo two >> file && git commit -q -a -m two',
  'git checkout -q main && git merge -q topic && git diff HEAD~1 --stat',
  'git tag v1 && git branch -d -q topic && git gc -q && git status --short',
  'git config alias.last "log -1 --format=%an:%s" && git last',
  'git clone -q . "$TMPDIR/clone" && git -C "$TMPDIR/clone" log --oneline > log',
].join(' && ');

testWhere(others, lack ?? lacksPrograms('git'), 'git’s everyday commands work for another', () => {
  const [alice, bob] = two('git', 'bob', (person) => {
    person.has('.gitconfig', `[user]\n\tname = ${person.name}\n\temail = ${person.name}@there\n`);
    person.has('.ssh/id', 'key');
  });
  const profile = learnedBy(alice, everyday);
  assert.not.match(readFileSync(profile, 'utf8'), /alice|61001/);
  const { status, stdout, stderr } = bob.does(enforcing(profile, ['sh', '-c', everyday]));
  assert.is(status, 0, stderr);
  assert.match(stdout, /^bob:two$/m);
  for (const file of [join(alice.home, '.gitconfig'), join(bob.home, '.ssh/id')]) {
    const read = ['git', 'hash-object', file];
    assert.is(bob.does(read).status, 0, `bob may read ${file}`);
    assert.is.not(bob.does(enforcing(profile, read)).status, 0, 'and not under the profile');
  }
});

testWhere(others, lack, 'each directory is where the other has it', () => {
  const script = [
    'echo a > "$(printenv XDG_CONFIG_HOME || echo ~/.config)/app/conf"',
    'echo b > "$(printenv XDG_CACHE_HOME || echo ~/.cache)/app/entry"',
    'echo c > "$XDG_RUNTIME_DIR/app.pid"',
    'mktemp > /dev/null && echo d > "/tmp/ll-learn-app-$(id -u)/lock" && cat data/in > data/out',
  ].join(' && ');
  const [alice, bob] = two('places', 'alice', (person) => {
    const shared = `/tmp/ll-learn-app-${person.uid}`;
    process.on('exit', () => rmSync(shared, { recursive: true, force: true }));
    person.owns(shared);
    for (const place of ['.config/app', '.cache/app', 'elsewhere/app', 'run']) {
      person.owns(join(person.home, place));
    }
    person.has('work/data/in', 'x');
  });
  const profile = learnedBy(alice, script);
  assert.not.match(readFileSync(profile, 'utf8'), /alice|61001/);
  const words = enforcing(profile, ['sh', '-c', script]);
  const there = { XDG_CONFIG_HOME: join(bob.home, 'elsewhere') };
  assert.equal(withoutOurWords(bob.does(words, there)), { status: 0, stdout: '', stderr: '' });
  assert.is(readFileSync(join(bob.home, 'elsewhere/app/conf'), 'utf8'), 'a\n');
  const astray = { XDG_CONFIG_HOME: join(bob.home, '.config') };
  const denied = bob.does(
    enforcing(profile, ['sh', '-c', `: > ${bob.home}/.config/app/conf`]),
    there,
  );
  assert.is(denied.status, 2, 'the default is not meant where another is said');
  assert.is(bob.does(words, astray).status, 0);
});

testWhere(others, lack, 'a directory that is no place for it opens nothing', () => {
  const [alice, bob] = two('unfit', 'bob', () => {});
  const profile = learnedBy(alice, 'echo x > made; rm made');
  const words = enforcing(profile, ['sh', '-c', 'echo x > made']);
  const { status, stderr } = bob.does(words, {}, bob.home);
  assert.is(status, 2);
  assert.match(
    stderr,
    /^ll-learn: \$\{WORKDIR\} is \S+ here, the home directory: the rules with it are left out$/m,
  );
});

others.run();

interface Person {
  readonly name: string;
  readonly uid: number;
  /** As it is said in the environment. */
  readonly home: string;
  readonly owns: (directory: string) => void;
  /** A file by its name in the home. */
  readonly has: (file: string, text: string) => void;
  readonly does: (
    words: readonly string[],
    environment?: Readonly<Record<string, string>>,
    directory?: string,
  ) => Ended;
}

/** Two who need no account, each with a home; that of one is behind a symlink. */
function two(
  name: string,
  behind: 'alice' | 'bob',
  furnish: (person: Person) => void,
): readonly [Person, Person] {
  const place = join(base, `another-${name}`);
  mkdirSync(join(place, 'srv/homes'), { recursive: true });
  symlinkSync('srv/homes', join(place, 'home'));
  const homeOf = (who: string) => join(place, who === behind ? 'home' : 'srv/homes', who);
  const alice = person('alice', 61_001, homeOf('alice'));
  const bob = person('bob', 61_002, homeOf('bob'));
  furnish(alice);
  furnish(bob);
  return [alice, bob];
}

function person(name: string, uid: number, home: string): Person {
  const owns = (directory: string) => {
    mkdirSync(directory, { recursive: true });
    chmodSync(directory, 0o755);
    chownSync(directory, uid, uid);
  };
  for (const directory of ['', 'work', 'temporary', '.ssh']) owns(join(home, directory));
  const usual = {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    HOME: home,
    TMPDIR: join(home, 'temporary'),
    XDG_RUNTIME_DIR: join(home, 'run'),
  };
  return {
    ...{ name, uid, home, owns },
    has: (file, text) => {
      owns(join(home, file, '..'));
      writeFileSync(join(home, file), text);
      chownSync(join(home, file), uid, uid);
    },
    does: (words, environment = {}, directory = join(home, 'work')) =>
      execute(words, {
        ...{ uid, gid: uid, cwd: directory },
        env: { ...usual, ...environment },
      }),
  };
}

/** The file of what one of them learned by a script, where anybody may read it. */
function learnedBy({ home, does, name }: Person, script: string): string {
  const own = join(home, 'learned.landlock.toml');
  const { status, stderr } = does(learning(own, ['sh', '-c', script]));
  assert.is(status, 0, stderr);
  const profile = join(base, `${name}.landlock.toml`);
  copyFileSync(own, profile);
  chmodSync(profile, 0o644);
  return profile;
}
