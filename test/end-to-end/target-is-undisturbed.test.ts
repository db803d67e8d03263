import { writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Ended } from '../support/command.js';
import { lacksLandlock, testWhere } from '../support/requirements.js';
import { lacksTracer, testedTracer } from '../support/tracer.js';
import { fixtureProgram, lacksCompiler } from './fixtures.js';
import { performers } from './performers.js';
import { enforcing, learning, Stage } from './stage.js';
import { threeWays, type Ways } from './ways.js';

const undisturbed = suite('the target is undisturbed');

/** A name in Latin-1, as a shell spells it. */
const notUtf8 = '"$(printf "caf\\351")"';

/** What print-circumstances tells of. */
const things = [
  'arguments',
  'environment',
  'limits',
  'umask',
  'directory',
  'priority',
  'users',
  'session',
  'group',
  'signals',
];

/** What live-variously does, and what comes of it. */
const manners = {
  vfork: 7,
  posix_spawn: 7,
  threads: 0,
  interrupted: constants.errno.EINTR,
  restarted: 0,
  storm: 0,
  closing: 1,
};

for (const performer of performers) {
  const lack = performer.lack ?? lacksCompiler() ?? lacksLandlock() ?? lacksTracer();
  const by = `by ${performer.name}`;
  const bytesLack =
    testedTracer === 'strace' ? 'arguments that are not UTF-8 are refused with strace' : lack;
  const refusalLack = testedTracer === 'strace' ? lack : 'what strace refuses is tried with strace';
  let number = 0;
  const newStage = () => new Stage(`undisturbed ${number++}`, performer, { letter: 'private\n' });

  testWhere(undisturbed, lack, `it inherits the same descriptors, ${by}`, async () => {
    const script = '"$@" 3<letter 7>>letter 9</dev/null';
    const ways = await threeWays(newStage(), script, [fixtureProgram('list-descriptors')]);
    assert.match(ways.bare.stdout, /^7 .*\/letter/m);
    same(ways);
  });

  testWhere(undisturbed, lack, `it inherits no descriptor of ours, ${by}`, async () => {
    const ways = await threeWays(newStage(), '"$@"', [fixtureProgram('list-descriptors')]);
    same(ways);
  });

  testWhere(
    undisturbed,
    lack,
    `closed standard streams are not filled with ours, ${by}`,
    async () => {
      const script = '"$@" <&- 2>&-';
      const { bare, ...ways } = await threeWays(newStage(), script, [
        fixtureProgram('list-descriptors'),
      ]);
      assert.match(bare.stdout, /^1 /);
      for (const { stdout } of Object.values(ways)) {
        assert.is(stdout.replaceAll(/^[02] \/dev\/null .*\n/gm, ''), bare.stdout);
      }
    },
  );

  let circumstances: Promise<Ways> | undefined;
  const inCircumstances = () => {
    circumstances ??= threeWays(
      newStage(),
      'umask 027; ulimit -Sn 500; ulimit -Sc 0; cd ..; "$@"',
      [fixtureProgram('print-circumstances'), 'two words', '', 'é\n$HOME', '--'],
    );
    return circumstances;
  };
  for (const thing of things) {
    testWhere(undisturbed, lack, `it has the same ${thing}, ${by}`, async () => {
      same(only(thing, await inCircumstances()));
    });
  }

  testWhere(undisturbed, lack, `it is called as it was named, ${by}`, async () => {
    const program = fixtureProgram('print-circumstances');
    const script = `PATH="${join(program, '..')}:$PATH" "$@"`;
    const ways = await threeWays(newStage(), script, ['print-circumstances']);
    assert.match(ways.bare.stdout, /^arguments: print-circumstances$/m);
    same(only('arguments', ways));
  });

  testWhere(undisturbed, lack, `it reads its standard input from a pipe, ${by}`, async () => {
    const ways = await threeWays(newStage(), 'echo hello | "$@"', ['wc', '-c']);
    assert.is(ways.bare.stdout, '6\n');
    same(ways);
  });

  testWhere(undisturbed, lack, `its input is left to it alone, ${by}`, async () => {
    const script = '(head -n 1; "$@"; cat) <<END\none\ntwo\nEND';
    same(await threeWays(newStage(), script, ['true']));
  });

  testWhere(undisturbed, lack, `every byte of its output arrives, ${by}`, async () => {
    const stage = newStage();
    writeFileSync(join(stage.work, 'bytes'), everyByte());
    const ways = await threeWays(stage, '"$@" | cmp - bytes && echo the same', ['cat', 'bytes']);
    assert.is(ways.bare.stdout, 'the same\n');
    same(ways);
  });

  testWhere(undisturbed, lack, `a name that is not UTF-8 reaches it, ${by}`, async () => {
    const stage = newStage();
    const profile = stage.profile('learned');
    const copying = ['sh', '-c', 'cp letter "$1" && cat "$1"', 'sh'];
    const learned = await stage.perform(learning(profile, [...copying, 'copy']));
    assert.is(learned.status, 0, learned.stderr);
    const perform = (words: readonly string[]) => {
      stage.reset();
      return stage.perform(['sh', '-c', `"$@" ${notUtf8}; ls | od -c`, 'sh', ...words]);
    };
    const bare = await perform(copying);
    assert.match(bare.stdout, /351/);
    assert.equal(await perform(enforcing(profile, copying)), bare);
  });

  testWhere(undisturbed, bytesLack, `a program whose name is not UTF-8 is run, ${by}`, async () => {
    const stage = newStage();
    const perform = async (words: readonly string[], search: string) => {
      stage.reset();
      const script = `place="$PWD/"${notUtf8}
        mkdir "$place" && cp "$(command -v cat)" "$place/"${notUtf8} && cd "$place" || exit
        PATH="$place:$PATH" "$@" ${search}${notUtf8} ../letter`;
      return stage.perform(['sh', '-c', script, 'sh', ...words]);
    };
    for (const search of ['', './']) {
      const profile = stage.profile('learned');
      const learned = await perform(learning(profile, []), search);
      assert.is(learned.stdout, 'private\n', learned.stderr);
      assert.is(learned.status, 0, learned.stderr);
      const enforced = await perform(enforcing(profile, []), search);
      assert.is(enforced.stdout, 'private\n', enforced.stderr);
    }
  });

  testWhere(undisturbed, lack, `a file whose name is not UTF-8 can be learned, ${by}`, async () => {
    const script = `mv letter ${notUtf8}; "$@"; mv ${notUtf8} letter`;
    const ways = await threeWays(newStage(), script, ['sh', '-c', 'cat *']);
    assert.is(ways.bare.stdout, 'private\n');
    same(ways);
  });

  for (const [manner, outcome] of Object.entries(manners)) {
    testWhere(undisturbed, lack, `${manner} goes as ever, ${by}`, async () => {
      const script = 'test -e fifo || mkfifo fifo; "$@"';
      const ways = await threeWays(newStage(), script, [fixtureProgram('live-variously'), manner]);
      assert.is(ways.bare.stdout, `${outcome}\n`);
      same(ways);
    });
  }

  testWhere(
    undisturbed,
    refusalLack,
    `an argument that is not UTF-8 is refused by strace, ${by}`,
    async () => {
      const stage = newStage();
      const words = learning(stage.profile('refused'), ['cat']);
      const script = `"$@" ${notUtf8}`;
      const { status, stderr } = await stage.perform(['sh', '-c', script, 'sh', ...words]);
      assert.is(status, 2);
      assert.match(stderr, /^ll-learn: nothing was run: the argument .* is not UTF-8.*\n$/);
    },
  );
}

undisturbed.run();

function same({ bare, learned, enforced }: Ways): void {
  assert.equal(learned, bare, 'learned');
  assert.equal(enforced, bare, 'enforced');
}

/** The lines of print-circumstances that tell of one thing. */
function only(thing: string, { bare, learned, enforced }: Ways): Ways {
  const lines = (ended: Ended): Ended => ({
    ...ended,
    stdout: ended.stdout
      .split(/\n(?=[a-z]+: )/)
      .filter((line) => line.startsWith(`${thing}: `))
      .join('\n'),
  });
  return { bare: lines(bare), learned: lines(learned), enforced: lines(enforced) };
}

function everyByte(): Buffer {
  return Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7) % 256));
}
