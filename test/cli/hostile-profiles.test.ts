import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Ended, inDirectory, llLearn } from '../support/command.js';
import { lacksLandlock, testWhere } from '../support/requirements.js';

const hostile = suite('profiles that mean no good, on the command line');

const rule = '[[path_beneath]]\nallowed_access = ["read_file"]\n';

hostile('write nothing to the terminal but text, whatever they are called', () =>
  inDirectory((directory) => {
    const texts = [
      'abi = 7\n"\\u001b[2J\\u001b]0;owned\\u0007" = 3\n',
      'abi = 7\n[[path_beneath]]\nallowed_access = ["\\u001b[31mfly"]\nparent = ["/x"]\n',
      `abi = 7\n${rule}parent = ["/none\\u001b[31m\\u202e\\nll-learn: fine"]\n`,
      `abi = 7\n${rule}parent = ["\${\\u001b[2J}"]\n`,
    ];
    for (const text of texts) {
      for (const words of [['run'], ['check'], ['explain'], ['verify']]) {
        const { stdout, stderr } = given(directory, text, ...words);
        for (const said of [stdout, stderr]) {
          // Whatever is not text, a line's end and nothing else.
          assert.not.match(said, /[^\n\P{C}]|\u202e/u, JSON.stringify(said));
          assert.not.match(said, /^ll-learn: fine/m, said);
        }
        assert.ok(stderr.length + stdout.length > 0);
      }
    }
  }),
);

hostile('bytes that are no UTF-8 are refused, and not read as another path', () =>
  inDirectory((directory) => {
    const text = Buffer.from(`abi = 7\n${rule}parent = ["/srv/Ã¼", "/srv/\xff"]\n`, 'latin1');
    const { status, stderr } = given(directory, text, 'run');
    assert.is(
      stderr,
      'll-learn: p.toml:4:27: this is no UTF-8, which TOML is: a path of other bytes is written in hexadecimal digits, as parent_hex\n',
    );
    assert.is(status, 2);
  }),
);

testWhere(hostile, lacksLandlock(), 'one that restricts nothing is not enforced', () =>
  inDirectory((directory) => {
    for (const text of ['', 'abi = 7\n', 'abi = 7\n[[ruleset]]\n']) {
      const { status, stderr } = given(directory, text, 'run');
      assert.is(
        stderr,
        'll-learn: nothing was run: p.toml restricts nothing that this kernel knows: expected [[ruleset]] with handled_access_fs, handled_access_net or scoped\n',
      );
      assert.is(status, 2);
    }
  }),
);

hostile.run();

function given(directory: string, text: string | Buffer, ...words: readonly string[]): Ended {
  writeFileSync(join(directory, 'p.toml'), text);
  const last = words[0] === 'explain' ? ['/none'] : ['--', 'true'];
  return llLearn([...words, 'p.toml', ...last], { cwd: directory });
}
