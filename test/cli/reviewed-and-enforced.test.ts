import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { inDirectory, llLearn } from '../support/command.js';
import { lacksLandlock, lacksPrograms, testWhere } from '../support/requirements.js';
import { Terminal } from '../support/terminal.js';
import { lacksTracer } from '../support/tracer.js';

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

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function waitUntil(holds: () => boolean, what: string): void {
  const deadline = Date.now() + 60_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`never: ${what}`);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  }
}
