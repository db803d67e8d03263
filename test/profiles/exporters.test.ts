import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { exporters } from '../../profiles/exporters/index.js';
import { shellWord } from '../../profiles/exporters/losses.js';
import { readToml } from '../../profiles/read-toml.js';
import { resolveProfile } from '../../profiles/resolve.js';
import { execute, inDirectory } from '../support/command.js';
import { equalsGolden } from '../support/golden.js';
import { lacksPrograms, testWhere } from '../support/requirements.js';
import { sampleProfile } from './sample.js';

const exporting = suite('exporting');

for (const { format, write } of exporters) {
  exporting(`${format} is spelled as its golden file, and says what it loses`, () => {
    const { text, losses } = write(sampleProfile, resolveProfile(sampleProfile, 'sample'));
    equalsGolden(`${text}\n--- losses\n${losses.join('\n')}\n`, `sample.${format}`);
  });
}

exporting('landlockconfig in TOML is read again without what it cannot say', () => {
  const read = readToml(written('landlockconfig-toml'), 'x');
  assert.is(read.learned, undefined);
  assert.equal(read.creations, []);
  assert.is(read.paths.length, sampleProfile.paths.length - 1, 'the path that is no UTF-8 is out');
});

exporting('landlockconfig in JSON has no empty array, as its schema demands', () => {
  const document: unknown = JSON.parse(written('landlockconfig-json'));
  const check = (value: unknown): void => {
    if (Array.isArray(value)) assert.ok(value.length > 0);
    if (typeof value === 'object' && value !== null) Object.values(value).forEach(check);
  };
  check(document);
});

testWhere(exporting, lacksPrograms('sh'), 'the script for setpriv survives a shell', () =>
  inDirectory((directory) => {
    const script = written('setpriv').replace('exec setpriv', "printf '%s\\0'");
    const { stdout, status } = execute(['sh', '-c', script, 'sh', 'cat', '/x'], { cwd: directory });
    assert.is(status, 0);
    const words = stdout.split('\0');
    assert.ok(words.includes('path-beneath:execute,read-file:/usr/bin/cat'));
    assert.ok(words.some((word) => word.endsWith('/srv/a "quoted", $odd: name\n\u001b[31m')));
    assert.equal(words.slice(-4), ['--', 'cat', '/x', '']);
  }),
);

testWhere(exporting, setprivLacks(), 'setpriv enforces what was exported', () => {
  const { status } = execute(['sh', '-c', written('setpriv'), 'sh', 'cat', '/etc/passwd']);
  assert.is.not(status, 0);
});

exporting('a word of a shell is quoted only where it has to be', () => {
  assert.is(shellWord('/usr/bin/cat'), '/usr/bin/cat');
  assert.is(shellWord("it's"), `'it'\\''s'`);
  assert.is(shellWord(''), "''");
});

exporting.run();

function written(format: string): string {
  const exporter = exporters.find((candidate) => candidate.format === format);
  if (exporter === undefined) throw new Error(`no exporter ${format}`);
  return exporter.write(sampleProfile, resolveProfile(sampleProfile, 'sample')).text;
}

function setprivLacks(): string | undefined {
  const help = execute(['setpriv', '--help']).stdout;
  return help.includes('--landlock-access') ? undefined : 'this setpriv knows no Landlock';
}
