import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { inDirectory, llLearn } from '../support/command.js';
import { lacksLandlock, lacksPrograms, testWhere } from '../support/requirements.js';
import { Terminal } from '../support/terminal.js';
import { lacksTracer } from '../support/tracer.js';
import { waitUntil } from '../support/waiting.js';

const whole = suite('from learning to enforcing, on a terminal');
const lack = lacksTracer() ?? lacksLandlock() ?? lacksPrograms('tmux');

testWhere(whole, lack, 'what is decided in the review is what the kernel enforces', () =>
  onTerminal((terminal, work) => {
    terminal.type('ll-learn --fold exact -- sh -c "cat data/a data/b data/secret; echo learned"');
    terminal.press('Enter');
    terminal.waitFor('w write');
    // Only one file is to be refused, and the others become one rule.
    terminal.type('/secret');
    terminal.waitFor('Only rows with: secret');
    terminal.press('Enter');
    terminal.type('gd');
    terminal.waitFor('1 denied');
    terminal.type('e');
    terminal.waitFor('Why:');
    terminal.type('it is a secret');
    terminal.press('Enter');
    terminal.press('Escape');
    terminal.waitFor('ld.so.cache');
    terminal.type('+');
    terminal.waitFor('Add a rule on');
    terminal.type(`${join(work, 'ex')}`);
    terminal.press('Tab');
    terminal.waitFor('extra/');
    terminal.press('Enter');
    terminal.waitFor('Enter adds it');
    terminal.type('jj ');
    terminal.press('Enter');
    terminal.waitFor('extra');
    terminal.type('D');
    terminal.waitFor('There is no profile on the disk yet');
    terminal.press('Escape');
    terminal.waitFor('? help');
    terminal.press('w');
    terminal.waitFor('wrote sh.landlock.toml');
    const profile = readFileSync(join(work, 'sh.landlock.toml'), 'utf8');
    assert.match(profile, /^action = "deny"\npath = "[^"]*secret"\nreason = "it is a secret"$/m);
    assert.match(
      profile,
      /^# added by hand\n\[\[path_beneath\]\]\nallowed_access = \["read_file"\]/m,
    );
    const enforced = (script: string) =>
      llLearn(['run', 'sh.landlock.toml', '--', 'sh', '-c', script], { cwd: work });
    assert.is(enforced('cat data/a data/b extra/c').stdout, 'a\nb\nc\n');
    const { status, stderr } = enforced('cat data/secret');
    assert.is.not(status, 0);
    assert.match(stderr, /secret.*Permission denied/);
  }),
);

testWhere(
  whole,
  lack ?? lacksPrograms('perl'),
  'a fold by hand beside a profile lets files still move into what it opens',
  () =>
    onTerminal((terminal, work) => {
      const profile = 'p.landlock.toml';
      const enforced = (file: string) => {
        writeFileSync(join(work, 'data', 'a'), 'moved\n');
        rmSync(join(work, 'extra', 'a'), { force: true });
        return llLearn(['run', file, '--', 'sh', '-c', 'perl move && cat extra/c'], { cwd: work });
      };
      writeFileSync(
        join(work, 'move'),
        'rename "data/a", "extra/a" or die "$!\\n"; utime undef, undef, "move";\n',
      );
      writeFileSync(join(work, 'extra', 'd'), 'd\n');
      llLearn(['--no-review', '-o', profile, '--', 'sh', '-c', 'true'], { cwd: work });
      // What is granted besides by the profile that is begun with, and what the fold grants: both
      // are more than the move's source has.
      writeFileSync(
        join(work, 'p.local.toml'),
        `[[path_beneath]]\nallowed_access = ["execute"]\nparent = ["${work}/extra"]\n`,
      );
      terminal.type(
        `ll-learn --fold exact --from ${profile} -- sh -c 'perl move && cat extra/c extra/d'`,
      );
      terminal.press('Enter');
      terminal.waitFor('w write');
      terminal.type('/extra/d');
      terminal.waitFor('Only rows with: extra/d');
      terminal.press('Enter');
      terminal.type('Gf');
      terminal.waitFor('(d)');
      terminal.press('Escape');
      terminal.waitFor('bin/');
      terminal.press('w');
      terminal.waitFor('further rule');
      const text = readFileSync(join(work, profile), 'utf8');
      assert.match(text, /^action = "fold"\npath = "[^"]*extra"$/m);
      assert.equal(rightsOn(text, 'extra').includes('read_file'), true);
      const moved = enforced(profile);
      assert.is(moved.stdout, 'c\n', moved.stderr);
      assert.is(readFileSync(join(work, 'extra', 'a'), 'utf8'), 'moved\n');
      // And each of the two rights is what the kernel wants of it.
      for (const right of ['read_file', 'execute']) {
        assert.ok(rightsOn(text, 'data').includes(right), right);
        writeFileSync(join(work, 'less.landlock.toml'), without(text, 'data', right));
        writeFileSync(
          join(work, 'less.local.toml'),
          readFileSync(join(work, 'p.local.toml'), 'utf8'),
        );
        assert.match(enforced('less.landlock.toml').stderr, /^Invalid cross-device link$/m, right);
      }
    }),
);

testWhere(whole, lack, 'a terminal that goes away leaves the decisions in a file', () =>
  onTerminal((terminal, work) => {
    terminal.type('ll-learn -- cat data/a');
    terminal.press('Enter');
    terminal.waitFor('w write');
    terminal.press('d');
    terminal.waitFor('0 allowed');
    terminal.close();
    const kept = join(work, 'state/ll-learn/cat.decisions.toml');
    waitUntil(() => textOf(kept).includes('action = "deny"'), 'the decisions were kept');
    const again = ['--no-review', '--decisions', kept, '-o', 'p', '--', 'cat', 'data/a'];
    assert.is(llLearn(again, { cwd: work }).status, 0);
    assert.not.match(textOf(join(work, 'p')), /^\[\[path_beneath\]\]/m);
  }),
);

testWhere(whole, lack, 'what is pasted in the review decides nothing', () =>
  onTerminal((terminal) => {
    terminal.type('ll-learn -- cat data/a');
    terminal.press('Enter');
    terminal.waitFor('w write');
    terminal.paste('ddw\n');
    terminal.press('?');
    terminal.waitFor('Moving');
    terminal.press('Escape');
    terminal.waitFor(' 0 denied');
    terminal.waitFor('? help');
    terminal.press('q');
    terminal.waitFor('nothing was written');
  }),
);

testWhere(whole, lack, 'Ctrl-Z stops the review, and fg goes on with it as it was', () =>
  onTerminal((terminal) => {
    terminal.type('set -m; ll-learn -- cat data/a');
    terminal.press('Enter');
    terminal.waitFor('w write');
    terminal.press('d');
    terminal.waitFor(' 0 allowed');
    terminal.press('C-z');
    terminal.waitFor('Stopped');
    terminal.type('fg');
    terminal.press('Enter');
    terminal.waitFor(' 0 allowed');
    terminal.press('u');
    terminal.waitFor(' 0 denied');
    terminal.press('q');
    terminal.waitFor('nothing was written');
  }),
);

testWhere(whole, lack, 'a terminal that is resized is drawn anew, however small', () =>
  onTerminal((terminal) => {
    terminal.type('ll-learn -- cat data/a');
    terminal.press('Enter');
    terminal.waitFor('w write');
    terminal.resize(40, 8);
    waitUntil(() => terminal.screen().split('\n').length <= 9, 'it is small');
    terminal.press('G');
    waitUntil(() => /^>/m.test(terminal.screen()), 'the cursor is on the screen');
    terminal.resize(160, 50);
    terminal.waitFor('About the run');
    terminal.press('q');
    terminal.waitFor('nothing was written');
  }),
);

testWhere(whole, lack, 'a dumb terminal is asked in lines', () =>
  onTerminal((terminal) => {
    terminal.type('TERM=dumb ll-learn -- cat data/a; echo status $?');
    terminal.press('Enter');
    terminal.waitFor('Command? (? for help)');
    terminal.type('w');
    terminal.press('Enter');
    terminal.waitFor('wrote cat.landlock.toml');
    terminal.waitFor('status 0');
  }),
);

whole.run();

async function onTerminal(act: (terminal: Terminal, work: string) => void): Promise<void> {
  await inDirectory((work) => {
    mkdirSync(join(work, 'data'));
    mkdirSync(join(work, 'extra'));
    for (const name of ['data/a', 'data/b', 'data/secret', 'extra/c']) {
      writeFileSync(join(work, name), `${name.slice(name.indexOf('/') + 1)}\n`);
    }
    const previous = process.env['XDG_STATE_HOME'];
    process.env['XDG_STATE_HOME'] = join(work, 'state');
    const terminal = new Terminal(work);
    try {
      act(terminal, work);
    } finally {
      terminal.close();
      if (previous === undefined) delete process.env['XDG_STATE_HOME'];
      else process.env['XDG_STATE_HOME'] = previous;
    }
  });
}

/** The rights of a profile's rule on a directory by that name. */
function rightsOn(text: string, name: string): readonly string[] {
  const [, rights = ''] = ruleOn(name).exec(text) ?? [];
  return rights.split(', ').map((right) => right.replaceAll('"', ''));
}

function without(text: string, name: string, right: string): string {
  return text.replace(ruleOn(name), (rule, rights: string) =>
    rule.replace(
      rights,
      rights
        .split(', ')
        .filter((one) => one !== `"${right}"`)
        .join(', '),
    ),
  );
}

function ruleOn(name: string): RegExp {
  return new RegExp(`allowed_access = \\[([^\\]]*)\\]\nparent = \\["[^"]*/${name}"\\]`);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
