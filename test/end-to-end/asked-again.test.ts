import { basename, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readTrace } from '../../tracer/trace-file.js';
import { lacksPrograms, testWhere } from '../support/requirements.js';
import { lacksTracer, testedTracer } from '../support/tracer.js';
import { performers } from './performers.js';
import { learning, Stage } from './stage.js';

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
  for _ in range(40):
    try: os.close(os.open(f'{here}/{name}', os.O_RDONLY))
    except OSError: pass
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
];
/**
 * What depends on the moment: strace's log is read later, when the file is a fifo after it was a
 * directory, and when there is a directory in which the other name was missing.
 */
const momentary =
  testedTracer === 'permissive'
    ? [
        'python3 thing regular 40',
        'python3 thing directory 40',
        'python3 holder/other regular ENOENT 40',
      ]
    : ['python3 thing fifo 80', 'python3 holder/other regular ENOENT 80'];

for (const performer of performers) {
  const lack = performer.lack ?? lacksTracer() ?? lacksPrograms('/usr/bin/python3');

  testWhere(askedAgain, lack, `is told each time, by ${performer.name}`, async () => {
    const stage = new Stage('asked again', performer, files);
    const trace = join(stage.directory, 'trace.jsonl');
    const command = ['/usr/bin/python3', '-c', program];
    const { status, stderr } = await stage.perform(
      learning(stage.profile('learned'), command, '--trace', trace),
    );
    assert.is(status, 0, stderr);
    const secret = `python3 secret regular ${performer.name === 'root' ? 80 : 40}`;
    assert.equal((await told(trace, stage.work)).sort(), [...opened, ...momentary, secret].sort());
  });
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

askedAgain.run();
