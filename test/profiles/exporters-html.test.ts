import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fsAccess } from '../../landlock/access-set.js';
import type { ExportRequest } from '../../profiles/exporters/exporter.js';
import { escapeHtml } from '../../profiles/exporters/html/escape.js';
import { squarify } from '../../profiles/exporters/html/squarify.js';
import { type SeenOperation, surveyOf } from '../../profiles/exporters/survey.js';
import type { Profile } from '../../profiles/profile.js';
import { resolveProfile } from '../../profiles/resolve.js';
import { inDirectory } from '../support/command.js';
import { type Lack, lacksPrograms, lacksRoot, testWhere } from '../support/requirements.js';
import { exported, exportedText, hostileProfile, requestFor } from './export-sample.js';
import { sampleProfile } from './sample.js';

const report = suite('the report in HTML');

const attack =
  "\"><img src=x onerror=\"document.title='pwned'\"><script>document.title='pwned'</script>";
const attacked: Profile = {
  ...hostileProfile,
  paths: [
    ...hostileProfile.paths,
    { parents: [`/srv/${attack}`], access: fsAccess('read_file'), reasons: [`${attack} (openat)`] },
  ],
  learned: {
    ...{ tool: attack, tracer: attack, commands: [[attack]], gaps: [attack] },
    findings: [attack],
  },
};

report('refers to nothing outside of itself', () => {
  const text = exportedText('html', sampleProfile);
  assert.not.match(text, /\b(?:href|src)\s*=|url\(|@import|https?:/);
  assert.match(text, "default-src 'none'");
});

report('has hostile names as text alone', () => {
  const text = exportedText('html', attacked);
  assert.not.match(text, '<img');
  assert.is(text.match(/<script/g)?.length, 1, 'its own script and no other');
  assert.not.match(text.replaceAll(/[\n\t]/g, ''), /[\p{Cc}\p{Cf}\p{Cs}]/u);
});

report('escapes what means something to HTML, and shows what cannot be seen', () => {
  assert.is(escapeHtml(`a&b<c>"d"'e'`), 'a&#38;b&#60;c&#62;&#34;d&#34;&#39;e&#39;');
  assert.is(escapeHtml('\u202e\u001b\udcff'), '&#60;U+202E&#62;&#60;U+001B&#62;&#60;\\xff&#62;');
});

report('tells used from granted, and what is not granted', () => {
  const profile = profileOf([
    ['/srv/data', fsAccess('read_file', 'read_dir')],
    ['/srv/data/log', fsAccess('write_file')],
  ]);
  const survey = surveyOf(
    resolveProfile(profile, 'x'),
    [
      read('/srv/data/one'),
      read('/srv/data/one'),
      read('/srv/data/two'),
      read('/etc/passwd'),
      read('/etc/none', 'ENOENT'),
    ],
    () => ({ files: 10, directories: 2, complete: true }),
  );
  assert.equal(
    survey.rules.map(({ seen }) => seen.map(({ path, count }) => [path, count])),
    [
      [
        ['/srv/data/one', 2],
        ['/srv/data/two', 1],
      ],
      [],
    ],
  );
  assert.equal(
    survey.ungranted.map(({ path }) => path),
    ['/etc/passwd'],
  );
});

report('counts for a rule only what its rights mean something to', () => {
  const profile = profileOf([['/srv/data', fsAccess('read_dir')]]);
  const text = textOf({
    ...requestFor(profile),
    seen: [],
    populationOf: () => ({ files: 900, directories: 12, complete: true }),
  });
  assert.match(text, '0 used of 12 objects, <b class="open">12 open besides</b>');
});

report('tiles fill the whole and keep to it, each by its weight', () => {
  const weights = [100, 40, 39, 7, 7, 7, 3, 1, 1, 0.5];
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const tiles = squarify(weights, { x: 0, y: 0, width: 1000, height: 420 });
  for (const [at, { x, y, width, height }] of tiles.entries()) {
    const share = (width * height) / (1000 * 420);
    assert.ok(Math.abs(share - (weights[at] ?? 0) / total) < 1e-9);
    assert.ok(x >= -1e-9 && y >= -1e-9 && x + width <= 1000.001 && y + height <= 420.001);
    for (const other of tiles.slice(at + 1)) {
      const apart =
        x + width <= other.x + 1e-9 ||
        other.x + other.width <= x + 1e-9 ||
        y + height <= other.y + 1e-9 ||
        other.y + other.height <= y + 1e-9;
      assert.ok(apart, 'two tiles overlap');
    }
  }
});

testWhere(report, lacksBrowser(), 'in a browser runs no name, and searches', () =>
  inDirectory((directory) => {
    const file = join(directory, 'report.html');
    writeFileSync(file, exportedText('html', attacked));
    const shown = documentIn(directory, `file://${file}`);
    assert.match(shown, '<title>sample: what Landlock lets it do</title>');
    assert.is(hiddenRows(shown), 0);
    const searched = documentIn(directory, `file://${file}#onerror`);
    assert.match(searched, `<output>1 of ${attacked.paths.length} rules</output>`);
    assert.is(hiddenRows(searched), attacked.paths.length - 1);
  }),
);

report.run();

function textOf(request: ExportRequest): string {
  const { output } = exported('html', request);
  return output.kind === 'text' ? output.text : '';
}

function profileOf(rules: readonly (readonly [string, Profile['paths'][0]['access']])[]): Profile {
  const paths = rules.map(([path, access]) => ({ parents: [path], access, reasons: [] }));
  return { ...sampleProfile, paths, creations: [] };
}

function read(path: string, result = 'ok'): SeenOperation {
  return {
    operation: {
      ...{ kind: 'open', path, type: 'regular', read: true, write: false },
      ...{ truncate: false, create: 'no' },
    },
    executable: '/bin/cat',
    call: 'openat',
    result,
    count: 1,
  } as SeenOperation;
}

function documentIn(directory: string, address: string): string {
  const { stdout, stderr } = spawnSync(
    'chromium',
    [
      ...['--headless', '--disable-gpu', '--no-first-run', `--user-data-dir=${directory}/browser`],
      ...[...(lacksRoot() === undefined ? ['--no-sandbox'] : []), '--dump-dom', address],
    ],
    { encoding: 'utf8', timeout: 60_000, maxBuffer: 1 << 26 },
  );
  assert.match(stdout, '</html>', stderr);
  return stdout;
}

function hiddenRows(document: string): number {
  return document.match(/<tr[^>]*hidden/g)?.length ?? 0;
}

function lacksBrowser(): Lack {
  return lacksPrograms('chromium');
}
