import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { inDirectory, ownProgram } from '../support/command.js';
import { processWith } from '../support/process-with.js';
import { lacksPrograms, lacksStrace, testWhere } from '../support/requirements.js';
import { Terminal } from '../support/terminal.js';

const terminals = suite('on a terminal');
const lack = lacksStrace() ?? lacksPrograms('tmux');

testWhere(terminals, lack, 'learning ends in the review, which writes the profile', () =>
  onTerminal((terminal, home) => {
    terminal.type(
      'stty -a > before; ll-learn -- cat /etc/hostname; echo status $?; stty -a > after',
    );
    terminal.press('Enter');
    terminal.waitFor('w write');
    terminal.press('w');
    terminal.waitFor('status 0');
    terminal.waitFor('wrote cat.landlock.toml');
    assert.match(readFileSync(join(home, 'cat.landlock.toml'), 'utf8'), /"\/etc\/hostname"/);
    waitUntil(() => textOf(join(home, 'after')).length > 0, 'the settings were read');
    assert.is(
      textOf(join(home, 'after')),
      textOf(join(home, 'before')),
      'the terminal is as it was',
    );
  }),
);

testWhere(terminals, lack, 'what is denied in the review is not in the profile', () =>
  onTerminal((terminal, home) => {
    terminal.type('ll-learn -- cat /etc/hostname');
    terminal.press('Enter');
    terminal.waitFor('w write');
    for (let row = 0; row < 40 && !/hostname/.test(cursorRow(terminal)); row++) {
      const before = cursorRow(terminal);
      terminal.press('j');
      waitUntil(() => cursorRow(terminal) !== before, 'the cursor moved');
    }
    terminal.press('d');
    terminal.waitFor('1 denied');
    terminal.press('w');
    terminal.waitFor('wrote cat.landlock.toml');
    assert.not.match(readFileSync(join(home, 'cat.landlock.toml'), 'utf8'), /parent.*hostname/);
  }),
);

testWhere(terminals, lack, 'Ctrl-C ends the command, and what was learned is reviewed', () =>
  onTerminal((terminal, home) => {
    terminal.type('ll-learn -- sh -c "echo started; sleep 600"; echo status $?');
    terminal.press('Enter');
    terminal.waitFor('\nstarted');
    // Watched or not, a shell handles SIGINT, and so does what it starts up to its execve: until
    // then the signal may be lost.
    waitUntil(() => isRunning(home, 'sleep'), 'it sleeps');
    terminal.press('C-c');
    terminal.waitFor('w write');
    assert.match(terminal.screen(), /was killed by SIGINT/);
    terminal.press('q');
    terminal.waitFor('status 0');
    terminal.waitFor('nothing was written');
    assert.ok(existsSync(keptIn(home, 'sh')));
    assert.not.ok(existsSync(join(home, 'sh.landlock.toml')));
  }),
);

testWhere(terminals, lack, 'Ctrl-C in the review asks once when there are decisions', () =>
  onTerminal((terminal) => {
    terminal.type('ll-learn -- true; echo status $?');
    terminal.press('Enter');
    terminal.waitFor('w write');
    terminal.press('d');
    terminal.waitFor('0 allowed');
    terminal.press('C-c');
    terminal.waitFor('Decisions are not written');
    terminal.press('C-c');
    terminal.waitFor('status 0');
    terminal.waitFor('the trace is kept in');
  }),
);

testWhere(terminals, lack, 'killed in the review, we leave the terminal as it was', () =>
  onTerminal((terminal, home) => {
    const kept = join(home, 'kept');
    terminal.type(
      `stty -a > before; echo here; ll-learn --trace ${kept} -- true; sleep 2; stty -a > after`,
    );
    terminal.press('Enter');
    terminal.waitFor('w write');
    process.kill(processWith(`${ownProgram} --trace ${kept}`), 'SIGKILL');
    waitUntil(() => textOf(join(home, 'after')).length > 0, 'the settings were read');
    assert.is(textOf(join(home, 'after')), textOf(join(home, 'before')));
    assert.match(terminal.screen(), /^here$/m, 'the main screen is back');
    assert.match(textOf(join(home, 'before')), /[^-]icanon/);
  }),
);

testWhere(terminals, lack, 'a terminal that goes away in the review keeps the trace', () =>
  onTerminal((terminal, home) => {
    terminal.type('ll-learn -- true');
    terminal.press('Enter');
    terminal.waitFor('w write');
    terminal.close();
    waitUntil(() => existsSync(keptIn(home, 'true')), 'the trace was kept');
    waitUntil(() => !isRunning(home), 'nothing is left running');
  }),
);

testWhere(terminals, lack, 'a terminal that goes away in the run ends it and keeps the trace', () =>
  onTerminal((terminal, home) => {
    terminal.type(`ll-learn -- sh -c "echo started; sleep 600; : ${home}"`);
    terminal.press('Enter');
    terminal.waitFor('\nstarted');
    terminal.close();
    waitUntil(() => existsSync(keptIn(home, 'sh')), 'the trace was kept');
    waitUntil(() => !isRunning(home), 'nothing is left running');
  }),
);

testWhere(terminals, lack, 'Ctrl-Z stops the command, and fg goes on with it', () =>
  onTerminal((terminal) => {
    terminal.type(
      'set -m; ll-learn --no-review -- sh -c "echo started; read line; echo read \\$line"',
    );
    terminal.press('Enter');
    terminal.waitFor('\nstarted');
    terminal.press('C-z');
    terminal.waitFor('Stopped');
    terminal.type('fg');
    terminal.press('Enter');
    terminal.type('words');
    terminal.press('Enter');
    terminal.waitFor('read words');
    terminal.waitFor('wrote sh.landlock.toml');
  }),
);

terminals.run();

async function onTerminal(act: (terminal: Terminal, home: string) => void): Promise<void> {
  await inDirectory((home) => {
    const previous = process.env['XDG_STATE_HOME'];
    process.env['XDG_STATE_HOME'] = join(home, 'state');
    const terminal = new Terminal(home);
    try {
      act(terminal, home);
    } finally {
      terminal.close();
      if (previous === undefined) delete process.env['XDG_STATE_HOME'];
      else process.env['XDG_STATE_HOME'] = previous;
      rmSync(join(home, 'state'), { recursive: true, force: true });
    }
  });
}

function keptIn(home: string, name: string): string {
  return join(home, 'state', 'll-learn', `${name}.trace.jsonl`);
}

function textOf(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** Whether a process works in this directory; of this name, where one is given. */
function isRunning(directory: string, name = ''): boolean {
  return readdirSync('/proc').some((id) => {
    try {
      const there = readlinkSync(`/proc/${id}/cwd`).startsWith(directory);
      return there && readFileSync(`/proc/${id}/comm`, 'utf8').startsWith(name);
    } catch {
      return false; // No process, or one that has ended.
    }
  });
}

/** Other parts of the screen change by themselves, as what they tell comes in. */
function cursorRow(terminal: Terminal): string {
  return /^>[^│]*/m.exec(terminal.screen())?.[0] ?? '';
}

function waitUntil(holds: () => boolean, what: string): void {
  const deadline = Date.now() + 60_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`never: ${what}`);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  }
}
