import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Profile } from '../../profiles/profile.js';
import { readToml } from '../../profiles/read-toml.js';
import { tomlComment } from '../../profiles/toml-text.js';
import { writeToml } from '../../profiles/write-toml.js';
import { equalsGolden } from '../support/golden.js';
import { sampleProfile } from './sample.js';

const writing = suite('writing a profile');

writing('everything that a profile says stands in the file, with its reasons', () => {
  equalsGolden(writeToml(sampleProfile), 'sample.landlock.toml');
});

writing('what was written is read again as it was', () => {
  const read = readToml(writeToml(sampleProfile), 'sample');
  const placeless = (rules: readonly { readonly source?: unknown }[]) =>
    rules.map(({ source: _, ...rule }) => rule);
  const comparable = (profile: Profile) => ({
    ...profile,
    paths: placeless(profile.paths),
    ports: placeless(profile.ports),
    learned: undefined,
  });
  assert.equal(comparable(read), comparable(readToml(writeToml(read), 'sample')));
  assert.equal(comparable(read), {
    ...comparable(sampleProfile),
    // What acts on a terminal is escaped in a comment.
    paths: sampleProfile.paths.map((rule) => ({ ...rule, reasons: rule.reasons.map(inComment) })),
  });
  assert.equal(read.learned?.commands, sampleProfile.learned?.commands);
});

writing('no name can write an escape sequence or break out of a comment', () => {
  const lines = writeToml(sampleProfile).split('\n');
  for (const line of lines) assert.not.match(line, /\p{Cc}/u);
  for (const line of lines) assert.match(line, /^(#|\[|[a-z_]+ = |$)/);
});

writing.run();

function inComment(reason: string): string {
  return tomlComment(reason).slice(2, -1);
}
