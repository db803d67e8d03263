import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Ended, inDirectory, llLearn } from '../support/command.js';
import { testWhere } from '../support/requirements.js';
import { lacksTracer } from '../support/tracer.js';

const wishing = suite('globs and the configuration file');

testWhere(wishing, lacksTracer(), 'what is excluded is in no rule, and is told', async () => {
  await inPlace(({ learn, profile }) => {
    const { status, stderr } = learn(['--exclude', '~/secret'], 'cat ~/secret open');
    assert.is(status, 0, stderr);
    assert.match(
      stderr,
      /! --exclude ~\/secret leaves out what cat did to \S+\/home\/secret: that/,
    );
    assert.match(profile(), /^# ! --exclude ~\/secret leaves out what cat did/m);
    assert.match(profile(), /parent = \["\$\{WORKDIR\}\/open"\]/);
    assert.not.match(profile(), /parent = \["[^"]*secret"\]/);
  });
});

testWhere(wishing, lacksTracer(), 'only what is included is in a rule', async () => {
  await inPlace(({ learn, profile }) => {
    assert.is(learn(['--include', '.', '--include', '/usr'], 'cat ~/secret open').status, 0);
    for (const [, parent = ''] of profile().matchAll(/parent = \["(.*)"\]/g)) {
      assert.ok(/^\/usr\/|^\$\{WORKDIR\}\/open$/.test(parent), parent);
    }
  });
});

testWhere(wishing, lacksTracer(), 'a name that is not UTF-8 is held against globs', async () => {
  await inPlace(({ learn, profile }) => {
    const script = 'cat "$(printf \'x\\377y\')" "$(printf \'z\\377\')"';
    const { stderr } = learn(['--exclude', 'x?y'], `echo > "$(printf 'x\\377y')"; ${script}`);
    assert.match(stderr, /--exclude x\?y leaves out/);
    assert.not.match(profile(), /parent_hex = \[".*78ff79"\]/);
    assert.match(profile(), /parent_hex = \[".*7aff"\]/);
  });
});

testWhere(
  wishing,
  lacksTracer(),
  'the files of user and project count, and the options',
  async () => {
    await inPlace(({ learn, directory }) => {
      mkdirSync(join(directory, 'home/.config/ll-learn'), { recursive: true });
      writeFileSync(join(directory, 'home/.config/ll-learn/config.toml'), 'exclude = ["secret"]\n');
      writeFileSync(join(directory, 'work/.ll-learn.toml'), 'exclude = ["open"]\n');
      const { stderr } = learn(['--exclude', 'other'], 'cat ~/secret open other');
      assert.match(stderr, /! config\.toml: exclude secret leaves out/);
      assert.match(stderr, /! \.ll-learn\.toml: exclude open leaves out/);
      assert.match(stderr, /! --exclude other leaves out/);
    });
  },
);

testWhere(wishing, lacksTracer(), 'a trace is inferred from with the home of its run', async () => {
  await inPlace(({ learn, directory }) => {
    const trace = join(directory, 'trace');
    assert.is(learn(['--trace', trace], 'cat ~/secret open').status, 0);
    const { stdout } = llLearn(['infer', trace, '--exclude', '~/secret', '--json'], {
      env: { PATH: process.env['PATH'], HOME: '/elsewhere' },
    });
    const { rules, findings } = JSON.parse(stdout);
    assert.not.ok(rules.some(({ path }: { path: string }) => path.endsWith('/secret')));
    assert.match(JSON.stringify(findings), /--exclude ~\/secret leaves out what cat did/);
  });
});

/** What a file of a project may not say, and how it is refused. */
const mistakes: readonly (readonly [string, RegExp])[] = [
  [
    'exclude = []\nexclued = []\n',
    /\.ll-learn\.toml:2:1: "exclued" is not known here \(did you mean exclude\?\)/,
  ],
  ['exclude = "x"\n', /\.ll-learn\.toml:1:1: "exclude" is a list/],
  ['exclude = [1]\n', /\.ll-learn\.toml:1:\d+: "exclude" is a list of strings/],
  ['exclude = [\n', /\.ll-learn\.toml:\d+:\d+: this is no TOML/],
];

for (const [text, message] of mistakes) {
  wishing(`a file with ${JSON.stringify(text)} is refused, and nothing is run`, async () => {
    await inPlace(({ learn, directory }) => {
      writeFileSync(join(directory, 'work/.ll-learn.toml'), text);
      const { status, stderr, stdout } = learn([], 'echo run');
      assert.is(status, 2);
      assert.match(stderr, message);
      assert.is(stdout, '');
    });
  });
}

wishing('a glob that means nothing is refused before anything is run', async () => {
  await inPlace(({ learn }) => {
    const { status, stderr, stdout } = learn(['--exclude', '${NOBODY}/x'], 'echo run');
    assert.is(status, 3);
    assert.match(stderr, /--exclude \$\{NOBODY\}\/x: \$\{NOBODY\} is not known; known are HOME/);
    assert.is(stdout, '');
  });
});

wishing.run();

interface Place {
  readonly directory: string;
  readonly learn: (options: readonly string[], script: string) => Ended;
  readonly profile: () => string;
}

/** A home with a secret, and a directory to work in with files that are none. */
function inPlace(act: (place: Place) => void) {
  return inDirectory((directory) => {
    const home = join(directory, 'home');
    const work = join(directory, 'work');
    const output = join(directory, 'sh.landlock.toml');
    mkdirSync(home);
    mkdirSync(work);
    writeFileSync(join(home, 'secret'), '');
    for (const name of ['open', 'other']) writeFileSync(join(work, name), '');
    for (const ending of ['y', '']) {
      const name = Buffer.concat([
        Buffer.from(`${work}/${ending === 'y' ? 'x' : 'z'}`),
        Buffer.from([0xff]),
        Buffer.from(ending),
      ]);
      writeFileSync(name, '');
    }
    act({
      directory,
      learn: (options, script) =>
        llLearn(['--no-review', '-o', output, ...options, '--', 'sh', '-c', script], {
          cwd: work,
          env: { PATH: process.env['PATH'], HOME: home },
        }),
      profile: () => readFileSync(output, 'utf8'),
    });
  });
}
