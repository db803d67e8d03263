import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { inDirectory } from '../support/command.js';
import { lacksPrograms, testWhere } from '../support/requirements.js';
import { modulesNamed } from './modules.js';

const modules = suite('modules of a kernel');

/** As much of a module as is read: the strings of .modinfo. */
function plantModule(directory: string, file: string, ...strings: readonly string[]): void {
  mkdirSync(join(directory, 'kernel/fs'), { recursive: true });
  const path = join(directory, 'kernel/fs', file);
  writeFileSync(path, `\x7fELF\0${strings.join('\0')}\0name=${file}\0`);
}

modules('come after those that they need', () =>
  inDirectory((directory) => {
    plantModule(directory, 'ext4.ko', 'depends=jbd2,mbcache', 'softdep=pre: crc32c-generic');
    plantModule(directory, 'jbd2.ko', 'depends=crc16');
    for (const file of ['mbcache.ko', 'crc16.ko', 'crc32c_generic.ko', 'unused.ko']) {
      plantModule(directory, file, 'depends=');
    }
    const names = modulesNamed(['ext4', 'jbd2', 'built-in'], directory).map(({ name }) => name);
    assert.equal([...names].sort(), ['crc16', 'crc32c_generic', 'ext4', 'jbd2', 'mbcache']);
    assert.is(names.at(-1), 'ext4');
    assert.ok(names.indexOf('crc16') < names.indexOf('jbd2'));
  }),
);

testWhere(modules, lacksPrograms('xz'), 'are unpacked', () =>
  inDirectory((directory) => {
    plantModule(directory, 'overlay.ko', 'depends=');
    execFileSync('xz', [join(directory, 'kernel/fs/overlay.ko')]);
    const [overlay] = modulesNamed(['overlay'], directory);
    assert.match(overlay?.content.toString('latin1') ?? '', /^\x7fELF\0depends=\0/);
  }),
);

modules.run();
