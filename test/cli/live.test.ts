import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { freePort } from '../end-to-end/ports.js';
import { execute, inDirectory, llLearn, ownProgram } from '../support/command.js';
import { processWith } from '../support/process-with.js';
import { lacksLandlock, lacksPrograms, testWhere } from '../support/requirements.js';
import { Terminal } from '../support/terminal.js';
import { lacksTracer, testedTracer } from '../support/tracer.js';
import { waitUntil } from '../support/waiting.js';

const live = suite('reviewing while the command runs');
const lack = lacksTracer() ?? lacksPrograms('tmux');
const webLack = lack ?? lacksLandlock() ?? lacksPrograms('python3', 'curl');
const learn = `ll-learn --tracer ${testedTracer} --live`;

/** Reads a file again and again, and says so. */
const steady = 'echo begun; while :; do read -r line < data/a; sleep 0.1; done';

testWhere(live, webLack, 'a web server is reviewed, stopped, run again, written and enforced', () =>
  onTerminal(async (terminal, work) => {
    const port = await freePort();
    const serve = `python3 -u -m http.server --bind 127.0.0.1 --directory data ${port}`;
    terminal.type(`${learn} --fold exact -- ${serve}`);
    terminal.press('Enter');
    terminal.waitFor('the command still runs');
    terminal.press('o');
    terminal.waitFor('Serving HTTP on');
    terminal.press('o');
    assert.is(fetched(port, 'a'), 'a\n');
    terminal.type('/data/a');
    terminal.waitFor('data/a ');
    terminal.press('C-u');
    assert.is(fetched(port, 'secret'), 'secret\n');
    terminal.type('data/secret');
    terminal.waitFor(' secret  ');
    terminal.press('Enter');
    terminal.type('Gd');
    terminal.waitFor('1 denied');
    terminal.press('S');
    terminal.waitFor('python3 was killed by SIGTERM');
    terminal.press('R');
    terminal.waitFor('run 2 still runs');
    terminal.press('o');
    waitUntil(() => terminal.screen().split('Serving HTTP on').length === 3, 'it serves again');
    terminal.press('o');
    terminal.press('Escape');
    waitUntil(() => !terminal.screen().includes('Esc: all'), 'all rows are shown');
    terminal.press('w');
    terminal.waitFor('s stop it and write');
    terminal.press('s');
    terminal.waitFor('wrote python3.landlock.toml');
    waitUntil(() => !isRunning(work), 'nothing is left running');
    const profile = readFileSync(join(work, 'python3.landlock.toml'), 'utf8');
    assert.match(profile, /^action = "deny"\npath = "[^"]*secret"$/m);
    assert.match(profile, /in 1 of 2 runs/);
    return enforced(work, serve.split(' '), port);
  }),
);

testWhere(live, lack, 'a command that is kept runs on, and what it did since is told', () =>
  onTerminal((terminal, work) => {
    const script = `echo begun; while [ ! -e data/go ]; do sleep 0.1; done; read -r line < data/secret; echo got \\$line; exec sleep 60`;
    terminal.type(`${learn} -- sh -c "${script}"; echo status $?`);
    terminal.press('Enter');
    terminal.waitFor('data/go');
    terminal.press('w');
    terminal.waitFor('k write and let it run');
    terminal.press('k');
    terminal.waitFor('sh runs on, and ll-learn with it');
    assert.ok(isRunning(work));
    writeFileSync(join(work, 'data/go'), '');
    terminal.waitFor('got secret');
    terminal.press('C-c');
    terminal.waitFor('sh was killed by SIGINT');
    terminal.waitFor('lacks');
    terminal.waitFor('status 1');
    waitUntil(() => !isRunning(work), 'nothing is left running');
    assert.ok(existsSync(keptIn(work, 'sh.trace.jsonl')));
    const profile = readFileSync(join(work, 'sh.landlock.toml'), 'utf8');
    assert.match(profile, /written while it went on/);
    assert.not.match(profile, /^parent = .*secret/m);
  }),
);

testWhere(live, lack, 'a terminal that goes away ends the command, and keeps what there is', () =>
  onTerminal((terminal, work) => {
    terminal.type(`${learn} -- sh -c '${steady}'`);
    terminal.press('Enter');
    terminal.waitFor('still runs');
    terminal.waitFor('/data');
    terminal.press('d');
    waitUntil(() => !terminal.screen().includes(' 0 denied'), 'all is denied');
    terminal.close();
    waitUntil(() => existsSync(keptIn(work, 'sh.trace.jsonl')), 'the trace was kept');
    waitUntil(() => !isRunning(work), 'nothing is left running');
    assert.match(readFileSync(keptIn(work, 'sh.decisions.toml'), 'utf8'), /action = "deny"/);
  }),
);

testWhere(live, lack, 'when we are killed, the command ends with us', () =>
  onTerminal((terminal, work) => {
    terminal.type(`${learn} -- sh -c '${steady}'`);
    terminal.press('Enter');
    terminal.waitFor('still runs');
    const own = processWith(`${ownProgram} --tracer ${testedTracer} --live -- sh -c ${steady}`);
    process.kill(own, 'SIGKILL');
    waitUntil(() => !existsSync(`/proc/${own}`), 'we are gone');
    // The shell of the terminal works there as well.
    waitUntil(() => runningIn(work) === 1, 'nothing else is left running');
  }),
);

testWhere(live, lack, 'a command that does not listen is ended all the same', () =>
  onTerminal((terminal, work) => {
    const deaf = 'trap : TERM; echo begun; while :; do read -r line < data/a; sleep 0.1; done';
    terminal.type(`${learn} -- sh -c '${deaf}'; echo status $?`);
    terminal.press('Enter');
    terminal.waitFor('still runs');
    terminal.waitFor('/data');
    terminal.press('S');
    terminal.waitFor('is being stopped');
    terminal.press('S');
    terminal.waitFor('sh was killed by SIGKILL');
    terminal.press('q');
    terminal.waitFor('status 0');
    waitUntil(() => !isRunning(work), 'nothing is left running');
  }),
);

testWhere(live, lack, 'what the command writes goes to a file, and it has no terminal', () =>
  onTerminal((terminal, work) => {
    terminal.type(`${learn} --target-output log -- sh -c "echo out; echo err >&2; tty; cat"`);
    terminal.press('Enter');
    terminal.waitFor('sh exited with status 0');
    assert.is(readFileSync(join(work, 'log'), 'utf8'), 'out\nerr\nnot a tty\n');
    terminal.press('o');
    terminal.waitFor('It goes to log.');
    terminal.type('qq');
    terminal.waitFor('nothing was written');
  }),
);

testWhere(live, undefined, 'without a whole screen nothing is run', () => {
  const { status, stderr } = llLearn(['--live', '--', 'true']);
  assert.is(status, 2);
  assert.is(
    stderr,
    'll-learn: nothing was run: --live needs a terminal that can show a whole screen, on standard input and standard error\n',
  );
  for (const other of ['--no-review', '--plain', '--json', '--check']) {
    const refused = llLearn(['--live', other, '--', 'true']);
    assert.is(refused.status, 3);
    assert.match(refused.stderr, new RegExp(`and ${other} is not`));
  }
  assert.is(llLearn(['--target-output', 'log', '--', 'true']).status, 3);
});

live.run();

async function onTerminal(
  act: (terminal: Terminal, work: string) => Promise<void> | void,
): Promise<void> {
  await inDirectory(async (work) => {
    mkdirSync(join(work, 'data'));
    for (const name of ['a', 'secret']) writeFileSync(join(work, 'data', name), `${name}\n`);
    const previous = process.env['XDG_STATE_HOME'];
    process.env['XDG_STATE_HOME'] = join(work, 'state');
    const terminal = new Terminal(work);
    try {
      await act(terminal, work);
    } finally {
      terminal.close();
      if (previous === undefined) delete process.env['XDG_STATE_HOME'];
      else process.env['XDG_STATE_HOME'] = previous;
    }
  });
}

/** Serves under the profile: what was denied cannot be had. */
async function enforced(work: string, command: readonly string[], port: number): Promise<void> {
  const words = [ownProgram, 'run', 'python3.landlock.toml', '--', ...command];
  const server: ChildProcess = spawn(process.execPath, words, { cwd: work, stdio: 'ignore' });
  try {
    waitUntil(() => fetched(port, 'a') === 'a\n', 'it serves');
    assert.match(fetched(port, 'secret'), /Error code: 404/);
  } finally {
    server.kill();
    await new Promise((resolve) => server.once('close', resolve));
  }
}

function fetched(port: number, name: string): string {
  return execute(['curl', '-s', `http://127.0.0.1:${port}/${name}`]).stdout;
}

function keptIn(work: string, name: string): string {
  return join(work, 'state', 'll-learn', name);
}

/** Whether more than the terminal's own shell works in this directory. */
function isRunning(directory: string): boolean {
  return runningIn(directory) > 1;
}

function runningIn(directory: string): number {
  const { stdout } = execute(['sh', '-c', 'ls -l /proc/[0-9]*/cwd 2>/dev/null']);
  return stdout.split('\n').filter((line) => line.includes(directory)).length;
}
