import { existsSync, realpathSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readTrace } from '../../tracer/trace-file.js';
import { type Lack, lacksPrograms, testWhere } from '../support/requirements.js';
import { lacksTracer, testedTracer } from '../support/tracer.js';
import { performers } from './performers.js';
import { enforcing, learning, Stage } from './stage.js';

/**
 * What was noted of a name is not looked up anew at each call: here the names come to lead to
 * something else between the calls, by all that can be done to them.
 */
const askedAgain = suite('what is asked for again and again');

const files = {
  file: '',
  secret: '',
  thing: '',
  'one/leaf': '',
  'two/leaf': '',
  'three/leaf': '',
  'away/leaf': '',
};

const program = `import os
here = os.getcwd()
def look(name):
  found = 0
  for _ in range(40):
    try:
      os.close(os.open(f'{here}/{name}', os.O_RDONLY))
      found += 1
    except OSError: pass
  print(name, found, flush=True)
look('file')
look('missing')
look('holder/inner')
look('holder/other')
os.mkdir('holder')
os.close(os.open('holder/inner', os.O_CREAT | os.O_WRONLY))
look('holder/inner')
look('holder/other')
os.symlink('one', 'way')
look('way/leaf')
os.unlink('way')
os.symlink('two', 'way')
look('way/leaf')
os.symlink('one/leaf', 'last')
look('last')
os.symlink('three/leaf', 'next')
os.rename('next', 'last')
look('last')
look('away/leaf')
look('moved/leaf')
os.rename('away', 'moved')
look('away/leaf')
look('moved/leaf')
look('thing')
os.unlink('thing')
look('thing')
os.mkdir('thing')
look('thing')
os.rmdir('thing')
os.mkfifo('thing')
look('secret')
os.chmod('secret', 0)
look('secret')
os.execv('/bin/cat', ['cat', f'{here}/file'])`;

/** How often each was opened, and looked for where nothing was. */
const opened = [
  'python3 file regular 40',
  'python3 holder/inner regular new 1',
  'python3 holder/inner regular 40',
  'python3 one/leaf regular 80',
  'python3 two/leaf regular 40',
  'python3 three/leaf regular 40',
  'python3 away/leaf regular 40',
  'python3 moved/leaf regular 40',
  'cat file regular 1',
  'python3 missing regular ENOENT 40',
  'python3 holder/other regular ENOENT 40',
  'python3 thing regular 40',
  'python3 thing directory 40',
];
/** By the time that strace's log is read, a name may lead elsewhere. */
const lacksMoment: Lack =
  testedTracer === 'permissive' ? undefined : 'strace cannot tell what was there at the time';

const toolsmith = `import os, time
here = os.getcwd()
time.sleep(2.5) # What was changed a moment ago is looked at each time.
def work():
  for _ in range(5):
    if os.fork() == 0:
      try: os.execv(f'{here}/tool', ['tool'])
      except OSError: os._exit(77)
    print(os.wait()[1], flush=True)
work()
with open('tool', 'w') as tool: tool.write('#!/bin/cat\\n')
work()
time.sleep(2.5)
work()
os.chmod('tool', 0o644)
work()
os.rename('tool', 'old')
os.symlink('other', 'tool')
work()
os.unlink('other')
work()`;

const patient = `import os, time
here = os.getcwd()
def look():
  for _ in range(40): os.close(os.open(f'{here}/way', os.O_RDONLY))
look()
open('ready', 'w').close()
while not os.path.exists('done'): time.sleep(0.01)
look()`;

const interpreters = {
  sh: realpathSync('/bin/sh'),
  cat: realpathSync('/bin/cat'),
  env: realpathSync('/usr/bin/env'),
};

for (const performer of performers) {
  const lack = lacksMoment ?? performer.lack ?? lacksTracer() ?? lacksPrograms('/usr/bin/python3');

  testWhere(askedAgain, lack, `is told each time, by ${performer.name}`, async () => {
    const stage = new Stage('asked again', performer, files);
    const { trace, stdout } = await learned(stage, program);
    const secret = `python3 secret regular ${performer.name === 'root' ? 80 : 40}`;
    assert.equal((await told(trace, stage.work)).sort(), [...opened, secret].sort());
    assert.is(await enforced(stage, program), stdout);
  });

  testWhere(askedAgain, lack, `is executed as it is each time, by ${performer.name}`, async () => {
    const programs = { tool: '#!/bin/sh\n', other: '#!/usr/bin/env true\n' };
    const stage = new Stage('executed again', performer, programs);
    const { trace, stdout } = await learned(stage, toolsmith);
    const expected = ['tool by sh 5', 'tool by cat 10', 'other by env 5'];
    assert.equal(await executed(trace, stage.work), expected);
    assert.is(await enforced(stage, toolsmith), stdout);
  });

  testWhere(askedAgain, lack, `is found where others put it, by ${performer.name}`, async () => {
    const stage = new Stage('turned elsewhere', performer, { one: '', two: '' });
    const at = (name: string) => join(stage.work, name);
    symlinkSync('one', at('way'));
    const lesson = learned(stage, patient);
    let over = false;
    const end = () => {
      over = true;
    };
    lesson.then(end, end);
    while (!over && !existsSync(at('ready'))) await new Promise((go) => setTimeout(go, 20));
    symlinkSync('two', at('next'));
    renameSync(at('next'), at('way'));
    writeFileSync(at('done'), '');
    const { trace } = await lesson;
    assert.equal(await told(trace, stage.work), [
      'python3 one regular 40',
      'python3 ready regular new 1',
      'python3 two regular 40',
    ]);
  });
}

askedAgain.run();

/** Learns of what Python does. @returns the trace's file, and what Python said. */
async function learned(stage: Stage, script: string) {
  const trace = join(stage.directory, 'trace.jsonl');
  const words = learning(stage.profile('learned'), pythonOf(script), '--trace', trace);
  const { status, stdout, stderr } = await stage.perform(words);
  assert.is(status, 0, stderr);
  return { trace, stdout };
}

/** The same again, under what was learned. @returns what Python said. */
async function enforced(stage: Stage, script: string): Promise<string> {
  stage.reset();
  const words = enforcing(stage.profile('learned'), pythonOf(script));
  const { status, stdout, stderr } = await stage.perform(words);
  assert.is(status, 0, stderr);
  return stdout;
}

function pythonOf(script: string): readonly string[] {
  return ['/usr/bin/python3', '-c', script];
}

/** Opens of what is in a directory, as a trace tells them: who, what, of which type, how often. */
async function told(file: string, directory: string): Promise<string[]> {
  const { operations, lookups = [] } = await readTrace(file);
  return [...operations, ...lookups].flatMap(({ operation, executable, count, result }) => {
    if (operation.kind !== 'open' || !operation.path.startsWith(`${directory}/`)) return [];
    const name = operation.path.slice(directory.length + 1);
    const ways = [operation.create, result].filter((way) => way !== 'no' && way !== 'ok');
    return [[shortName(executable), name, operation.type, ...ways, count].join(' ')];
  });
}

/** `/usr/bin/python3.11` is python3. */
function shortName(executable: string): string {
  return basename(executable).replace(/\.\d+$/, '');
}

/** Scripts in a directory that were executed, as a trace tells them: which, by whom, how often. */
async function executed(file: string, directory: string): Promise<readonly string[]> {
  const { operations } = await readTrace(file);
  return [...operations].flatMap(({ operation, count }) => {
    if (operation.kind !== 'execute' || !operation.program.startsWith(`${directory}/`)) return [];
    const [interpreter = ''] = operation.interpreters;
    const by = Object.entries(interpreters).find(([, path]) => path === interpreter);
    return [`${basename(operation.program)} by ${by?.[0] ?? interpreter} ${count}`];
  });
}
