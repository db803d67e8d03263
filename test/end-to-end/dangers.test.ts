import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Finding } from '../../inference/inference.js';
import { execute, inDirectory, llLearn } from '../support/command.js';
import {
  type Lack,
  lacksDirectory,
  lacksPrograms,
  lacksRoot,
  testWhere,
} from '../support/requirements.js';
import { lacksTracer, testedTracer } from '../support/tracer.js';

const danger = suite('what may come of a right');

/** A deed, with the severity that it is to be told with, and what its telling says. */
interface Deed {
  readonly title: string;
  readonly script: string;
  readonly severity: Finding['severity'];
  readonly sentence: RegExp;
  readonly lack?: Lack;
}

const deeds: readonly Deed[] = [
  {
    title: 'writing a shell start-up file',
    script: 'echo : >> ~/.bashrc',
    severity: 'high',
    sentence: /writes \S+\/home\/\.bashrc: the user's shells run it/,
  },
  {
    title: 'a start-up file that is replaced by a rename',
    script: 'cp ~/.bashrc ~/.new && mv ~/.new ~/.bashrc',
    severity: 'high',
    sentence: /mv writes \S+\/home\/\.bashrc: the user's shells run it/,
  },
  {
    title: 'adding a key that may log in',
    script: 'mkdir -p ~/.ssh; echo key >> ~/.ssh/authorized_keys',
    severity: 'high',
    sentence: /writes \S+\/\.ssh\/authorized_keys: whoever has a key/,
  },
  {
    title: 'writing a git hook',
    script: 'echo : > .git/hooks/pre-commit',
    severity: 'high',
    sentence: /writes \S+\/\.git\/hooks\/pre-commit: git runs it/,
    lack: lacksPrograms('git'),
  },
  {
    title: 'writing a systemd user unit',
    script: 'mkdir -p ~/.config/systemd/user; echo > ~/.config/systemd/user/a.service',
    severity: 'high',
    sentence: /writes \S+\/systemd\/user\/a\.service: the user's service manager/,
  },
  {
    // cron passes over names with a dot.
    title: 'writing a crontab of the system',
    script: 'echo "#" > /etc/cron.d/ll-learn.test; rm /etc/cron.d/ll-learn.test',
    severity: 'critical',
    sentence: /writes \/etc\/cron\.d\/ll-learn\.test: root runs what it says/,
    lack: lacksRoot() ?? lacksDirectory('/etc/cron.d'),
  },
  {
    title: 'reading a private key',
    script: 'cat ~/.ssh/id_test',
    severity: 'high',
    sentence: /cat reads \S+\/\.ssh\/id_test: it lets one log in/,
  },
  {
    title: 'running what one has written',
    script: 'cp /bin/true program; ./program',
    severity: 'medium',
    sentence: /\/work may be both written and executed|program may be both written and executed/,
  },
];

for (const { title, script, severity, sentence, lack } of deeds) {
  testWhere(danger, lack ?? lacksTracer(), `${title} is told as ${severity}`, async () => {
    await inHome(({ learn, spelled }) => {
      const { findings, profile, summary } = learn(script);
      const finding = findings.find((each) => sentence.test(each.sentence));
      assert.is(finding?.severity, severity, JSON.stringify(findings));
      const line = `${severity}: ${finding?.sentence}`;
      assert.ok(summary.includes(`  ! ${line}\n`), summary);
      assert.ok(profile.includes(`\n# ! ${spelled(line)}\n`), 'at the top of the profile');
      const rules = profile.split('\n\n').filter((part) => part.includes('[[path_beneath]]'));
      const flagged = rules.filter((rule) => rule.includes(`# ${spelled(line)}\n`));
      assert.is(flagged.length, finding?.rules?.length);
      for (const path of finding?.rules ?? []) {
        assert.ok(
          flagged.some((rule) => rule.includes(`parent = ["${spelled(path)}"]`)),
          path,
        );
      }
    });
  });
}

testWhere(danger, lacksTracer(), 'everyday deeds are told of as nothing', async () => {
  await inHome(({ learn }) => {
    const { findings } = learn(
      'ls; cat ~/.bashrc /etc/passwd; echo x > /dev/null; mkdir d; echo > d/f',
    );
    assert.equal(findings, []);
  });
});

testWhere(
  danger,
  lacksPrograms('git') ?? lacksTracer(),
  'a commit does nothing dangerous, and that its rule opens the hooks is told apart',
  async () => {
    await inHome(({ learn }) => {
      const { findings } = learn(
        'echo a > a; git add a; git -c user.name=a -c user.email=b commit -qm c',
      );
      assert.equal(
        findings.filter(({ used }) => used),
        [],
      );
      assert.ok(findings.some(({ sentence }) => /opens git hooks .*nothing used/.test(sentence)));
    });
  },
);

testWhere(danger, lacksTracer(), 'a profile that the program may write is told of', async () => {
  await inDirectory((directory) => {
    const learn = (output: string) => {
      const words = ['--no-review', '--tracer', testedTracer, '--json', '-o', output];
      const ended = llLearn([...words, '--', 'sh', '-c', 'echo > made'], { cwd: directory });
      const { findings } = JSON.parse(ended.stderr.trim().split('\n').at(-1) ?? '');
      return findings.filter(({ sentence }: Finding) => /^the profile itself, /.test(sentence));
    };
    assert.is(learn('sh.landlock.toml')[0]?.severity, 'high');
    rmSync(join(directory, 'made'));
    assert.equal(learn('/dev/null'), []);
    assert.not.match(readFileSync(join(directory, 'sh.landlock.toml'), 'utf8'), /profile itself/);
  });
});

danger.run();

interface Learned {
  readonly findings: readonly Finding[];
  readonly profile: string;
  readonly summary: string;
}

interface InHome {
  readonly learn: (script: string) => Learned;
  /** Words with their paths as the profile has them. */
  readonly spelled: (words: string) => string;
}

/** A home with a repository in `work`, and a way to learn what a shell does in there. */
function inHome(act: (place: InHome) => void) {
  return inDirectory((directory) => {
    const home = join(directory, 'home');
    const work = join(home, 'work');
    const environment = { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: home };
    const reset = () => {
      rmSync(home, { recursive: true, force: true });
      mkdirSync(join(home, '.ssh'), { recursive: true });
      mkdirSync(work);
      writeFileSync(join(home, '.bashrc'), ':\n');
      writeFileSync(join(home, '.ssh/id_test'), 'secret\n');
      execute(['sh', '-c', 'git init -q . || true'], { cwd: work, env: environment });
    };
    const profile = join(directory, 'sh.landlock.toml');
    const run = (script: string, ...options: readonly string[]) => {
      reset();
      const words = ['--no-review', '--tracer', testedTracer, '-o', profile, ...options];
      const ended = llLearn([...words, '--', 'sh', '-c', script], { cwd: work, env: environment });
      assert.is(ended.status, 0, ended.stderr);
      return ended.stderr;
    };
    act({
      spelled: (words) =>
        words
          .replaceAll(work, '${WORKDIR}')
          .replaceAll(`${home}/.config`, '${XDG_CONFIG_HOME}')
          .replaceAll(home, '${HOME}'),
      learn: (script) => {
        const summary = run(script);
        const { findings } = JSON.parse(run(script, '--json').trim().split('\n').at(-1) ?? '');
        return { findings, profile: readFileSync(profile, 'utf8'), summary };
      },
    });
  });
}
