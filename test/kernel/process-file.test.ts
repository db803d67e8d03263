import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { processFile } from '../../kernel/process-file.js';
import { lacksPrograms, lacksRoot, testWhere } from '../support/requirements.js';
import { until } from '../support/waiting.js';

const files = suite('files of processes');

files('are read whole', () => {
  assert.match(
    processFile(process.pid, 'status') ?? '',
    new RegExp(`^Pid:\\s*${process.pid}$`, 'm'),
  );
  assert.equal(fieldsOf(processFile(process.pid, 'status')), fieldsOfOurs());
  assert.is(processFile(process.pid, 'comm'), readFileSync('/proc/self/comm', 'latin1'));
});

testWhere(
  files,
  lacksRoot() ?? lacksPrograms('setpriv'),
  'are read whole where they are long',
  async () => {
    const groups = Array.from({ length: 3000 }, (_, at) => 100_000 + at);
    const sleeper = spawn('setpriv', ['--groups', groups.join(), 'sleep', '60']);
    try {
      const id = sleeper.pid ?? 0;
      await until(() => processFile(id, 'comm') === 'sleep\n', 'it sleeps');
      const status = processFile(id, 'status') ?? '';
      assert.match(status, `Groups:\t${groups.join(' ')}`);
      assert.equal(fieldsOf(status), fieldsOfOurs());
    } finally {
      sleeper.kill();
    }
  },
);

files('are none of what has ended', () => {
  assert.is(processFile(2 ** 22 + 1, 'status'), undefined);
  assert.is(processFile(process.pid, 'no such file'), undefined);
});

files.run();

/** The last of them is another on kernels with shadow stacks. */
function fieldsOf(status: string | undefined): readonly string[] {
  return status?.match(/^\w+(?=:)/gm) ?? [];
}

function fieldsOfOurs(): readonly string[] {
  const fields = fieldsOf(readFileSync('/proc/self/status', 'latin1'));
  assert.ok(fields.includes('nonvoluntary_ctxt_switches'));
  return fields;
}
