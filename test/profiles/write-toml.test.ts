import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readToml } from '../../profiles/read-toml.js';
import { writeToml } from '../../profiles/write-toml.js';
import { equalsGolden } from '../support/golden.js';
import { sampleProfile } from './sample.js';

const writing = suite('writing a profile');

writing('everything that a profile says stands in the file, with its reasons', () => {
  equalsGolden(writeToml(sampleProfile), 'sample.landlock.toml');
});

writing('what was written is read again as it was', () => {
  const read = readToml(writeToml(sampleProfile), 'sample');
  const plain = (rules: readonly { readonly reasons: readonly string[] }[]) =>
    rules.map((rule) => ({ ...rule, reasons: [] }));
  assert.equal(
    { ...read, learned: undefined },
    {
      ...sampleProfile,
      paths: plain(sampleProfile.paths),
      ports: plain(sampleProfile.ports),
      learned: undefined,
    },
  );
  assert.equal(read.learned?.commands, sampleProfile.learned?.commands);
});

writing('no name can write an escape sequence or break out of a comment', () => {
  const lines = writeToml(sampleProfile).split('\n');
  for (const line of lines) assert.not.match(line, /\p{Cc}/u);
  for (const line of lines) assert.match(line, /^(#|\[|[a-z_]+ = |$)/);
});

writing.run();
