import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Output } from '../../profiles/exporters/exporter.js';
import { exporters } from '../../profiles/exporters/index.js';
import { lossText } from '../../profiles/exporters/loss-text.js';
import { readToml } from '../../profiles/read-toml.js';
import { equalsGolden } from '../support/golden.js';
import { exportedText, hostileNames, hostileProfile, requestFor } from './export-sample.js';
import { sampleProfile } from './sample.js';

const exporting = suite('exporting');

for (const { format, write } of exporters) {
  exporting(`${format} is spelled as its golden file, and says what it loses`, () => {
    const { output, losses, notes } = write(requestFor(sampleProfile));
    const parts = [
      textOf(output),
      `--- losses\n${losses.map((loss) => `${lossText(loss)}\n`).join('')}`,
      `--- notes\n${notes.map((note) => `${note}\n`).join('')}`,
    ];
    equalsGolden(parts.join('\n'), `sample.${format}`);
  });
}

exporting('landlockconfig in TOML is read again without what it cannot say', () => {
  const read = readToml(exportedText('landlockconfig-toml', sampleProfile), 'x');
  assert.is(read.learned, undefined);
  assert.equal(read.creations, []);
  assert.is(read.paths.length, sampleProfile.paths.length - 1, 'the path that is no UTF-8 is out');
});

exporting("island's policy is a profile for its own version of the ABI", () => {
  const read = readToml(exportedText('island', sampleProfile), 'x');
  assert.is(read.abi, 6);
  assert.is(read.paths.length, sampleProfile.paths.length - 1);
});

exporting('a report in Markdown keeps its tables whatever the names', () => {
  const lines = exportedText('markdown', hostileProfile).split('\n');
  const rows = lines.filter((line) => /^\| (?:`|<code>)\/srv/.test(line));
  assert.is(rows.length, hostileNames.length + hostileProfile.creations.length);
  for (const row of rows) {
    assert.is(row.match(/\|/g)?.length, 4, row);
    assert.not.match(row.replaceAll(/<\/?code>|<br>/g, ''), /[<>]/, row);
  }
});

exporting.run();

function textOf(output: Output): string {
  return output.kind === 'text'
    ? output.text
    : output.files.map(({ path, text }) => `--- ${path}\n${text}`).join('\n');
}
