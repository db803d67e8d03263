import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { inDirectory, llLearn } from '../support/command.js';
import { testWhere } from '../support/requirements.js';
import { lacksTracer } from '../support/tracer.js';

const records = suite('ll-learn record');
const lack = lacksTracer();

testWhere(records, lack, 'keeps a trace, which infers to the profile that learning gives', () =>
  inDirectory((directory) => {
    writeFileSync(join(directory, 'file'), 'text\n');
    const at = { cwd: directory };
    const recorded = llLearn(['record', '--', 'cat', 'file'], at);
    assert.is(recorded.stdout, 'text\n');
    assert.match(
      recorded.stderr,
      /^ll-learn: cat exited with status 0; wrote cat\.trace\.jsonl: \d+ different operations\n$/,
    );
    assert.is(recorded.status, 0);
    assert.is(llLearn(['infer', '-o', 'inferred', 'cat.trace.jsonl'], at).status, 0);
    assert.is(llLearn(['--no-review', '-o', 'learned', '--', 'cat', 'file'], at).status, 0);
    const read = (name: string) => readFileSync(join(directory, name), 'utf8');
    assert.is(read('inferred'), read('learned'));
  }),
);

testWhere(records, lack, 'keeps what a command did that failed, and says so', () =>
  inDirectory((directory) => {
    const { status, stderr } = llLearn(['record', '-o', 'trace', 'sh', '-c', 'exit 7'], {
      cwd: directory,
    });
    assert.is(status, 1);
    assert.match(stderr, /^ll-learn: sh exited with status 7; wrote trace: /);
    assert.match(readFileSync(join(directory, 'trace'), 'utf8'), /"status":7/);
  }),
);

testWhere(records, lack, 'says why a trace could not be written, and keeps it elsewhere', () =>
  inDirectory((directory) => {
    const env = { ...process.env, XDG_STATE_HOME: directory };
    for (const words of [
      ['record', '-o'],
      ['--no-review', '--trace'],
    ]) {
      const { status, stderr } = llLearn([...words, '/nowhere/trace', 'true'], { env });
      assert.is(status, 2);
      assert.match(stderr, /cannot write the trace \/nowhere\/trace/);
      const kept = join(directory, 'll-learn', 'true.trace.jsonl');
      assert.match(stderr, new RegExp(`the trace is kept in ${kept}`));
      assert.match(readFileSync(kept, 'utf8'), /"command":\["true"\]/);
    }
  }),
);

records.run();
