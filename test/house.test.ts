import { readdirSync, readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { allParts } from './parts.js';

const house = suite('the house');

/** Each room may import from itself and from those to its left. */
const rooms = ['kernel', 'landlock', 'tracer', 'inference', 'profiles', 'tui', 'cli'];

/** Rooms, and files of rooms, that decide: no file, clock, process or randomness reaches them. */
const pure = [
  /^inference\//,
  /^landlock\/(?!support\.ts|enforce\.ts)/,
  /^tui\/(model|laying-out|outcome|window|live|news|leaving|panes|output-lines|talk|plain-rows|plain-commands|messages|update|travel|decisions|history|pager|layout|tree|outline)\.ts$/,
  /^tui\/(standing|menu|bulk|deciding|prompt|keys|messages|arrangement|groups|matching|twigs|row|plain|difference-lines|rule-notes|menu-lines|sliding|dialogs|prompting|difference-text)\.ts$/,
  /^tui\/(printable|rights|uses|consequences|evidence|[a-z]+-evidence|witness|target|means|open-menu)\.ts$/,
];

const suites = [...filesIn('test'), ...filesIn('tracer/strace-parser/test')].filter((name) =>
  /\.test\.tsx?$/.test(name),
);

house('imports run one way', () => {
  for (const { file, imported } of importsOfRooms()) {
    const from = rooms.indexOf(roomOf(file));
    const to = rooms.indexOf(roomOf(imported));
    if (to !== -1) assert.ok(to <= from, `${file} imports ${imported}, which is to its right`);
  }
});

house('a wrong way would be seen', () => {
  const [one] = importsIn('kernel/x.ts', "import { infer } from '../inference/infer.js';");
  assert.equal(one, { file: 'kernel/x.ts', imported: 'inference/infer.js' });
});

house('no file leads back to itself', () => {
  assert.is(circleIn(importsOfRooms()), undefined);
});

house('a circle would be seen', () => {
  const arrows = [
    { file: 'a.ts', imported: 'b.js' },
    { file: 'b.ts', imported: 'c.js' },
    { file: 'c.tsx', imported: 'b.js' },
  ];
  assert.is(circleIn(arrows), 'b > c > b');
});

house('what decides does not ask the operating system', () => {
  for (const file of sourcesOfRooms().filter((name) => pure.some((room) => room.test(name)))) {
    const text = readFileSync(file, 'utf8');
    assert.not.match(text, /from 'node:|from '[^']*kernel\//, `${file} imports the system`);
    assert.not.match(text, /\bDate\.now\b|\bnew Date\b|Math\.random|\bprocess\./, file);
  }
});

house('strace-parser knows nothing of us and has no dependencies', () => {
  const root = 'tracer/strace-parser';
  const manifest = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'));
  assert.is(manifest.dependencies, undefined);
  for (const file of filesIn(`${root}/source`)) {
    const text = readFileSync(file, 'utf8');
    assert.not.match(text, /landlock/i, file);
    assert.not.match(text, /from '(?!\.\/)/, `${file} imports from outside`);
  }
});

house('nothing but a review loads Ink and React, and that once it is held', () => {
  const parts = readdirSync('dist/cli/parts').filter((name) => name.endsWith('.js'));
  const texts = parts.map(
    (name) => [name, readFileSync(`dist/cli/parts/${name}`, 'utf8')] as const,
  );
  const heavy = texts.filter(([, text]) => text.includes('node_modules/ink/build/ink.js'));
  assert.is(heavy.length, 1, 'both are in one file');
  const [name] = heavy[0] ?? [];
  assert.ok(texts.some(([, text]) => text.includes(`import("./${name}")`)));
  for (const [of, text] of texts) {
    assert.not.match(text, new RegExp(`(from|^import) "./${name}"`, 'm'), `${of} imports it`);
  }
});

house('only the command line prints and exits', () => {
  for (const file of sourcesOfRooms().filter((name) => !name.startsWith('cli/'))) {
    const text = readFileSync(file, 'utf8');
    assert.not.match(text, /console\.|process\.exit\(|process\.std(out|err)\.write/, file);
  }
});

house('nobody imports node:process, whose loading makes the standard streams non-blocking', () => {
  for (const file of sourcesOfRooms()) {
    assert.not.match(readFileSync(file, 'utf8'), /from '(node:)?process'/, file);
  }
});

house('every suite runs', () => {
  for (const file of suites) {
    assert.match(readFileSync(file, 'utf8'), /^\w+\.run\(\);$/m, `${file} never calls .run()`);
  }
});

house(
  'every suite is in one part of a whole run, and those end to end in one for each tracer',
  () => {
    const planned = allParts().map(({ directory, files, tracer }) =>
      files.map((file) => `${directory}/${file} ${tracer}`),
    );
    const wanted = suites.flatMap((file) =>
      file.startsWith('test/end-to-end/')
        ? [`${file} permissive`, `${file} strace`]
        : [`${file} permissive`],
    );
    assert.equal(planned.flat().sort(), [...wanted].sort());
    for (const files of planned) assert.ok(files.length > 0, 'a part without a suite');
  },
);

house('the lock file carries no download addresses', () => {
  assert.not.match(readFileSync('package-lock.json', 'utf8'), /https?:\/\/[^"]*\.tgz/);
});

house.run();

interface Import {
  readonly file: string;
  readonly imported: string;
}

function importsOfRooms(): readonly Import[] {
  return sourcesOfRooms().flatMap((file) => importsIn(file, readFileSync(file, 'utf8')));
}

/** The relative imports of a text, static and dynamic, as paths from the top. */
function importsIn(file: string, text: string): readonly Import[] {
  const found: Import[] = [];
  for (const [, path] of text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)) {
    found.push({ file, imported: new URL(path ?? '', `file:///${file}`).pathname.slice(1) });
  }
  return found;
}

/** One of the circles that imports make: the files that it leads through, without their extensions. */
function circleIn(imports: readonly Import[]): string | undefined {
  const ahead = new Map<string, string[]>();
  for (const { file, imported } of imports) {
    const from = withoutExtension(file);
    ahead.set(from, [...(ahead.get(from) ?? []), withoutExtension(imported)]);
  }
  const left = new Set<string>();
  const search = (file: string, way: readonly string[]): string | undefined => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file].join(' > ');
    if (left.has(file)) return undefined;
    for (const next of ahead.get(file) ?? []) {
      const circle = search(next, [...way, file]);
      if (circle !== undefined) return circle;
    }
    left.add(file);
    return undefined;
  };
  for (const file of ahead.keys()) {
    const circle = search(file, []);
    if (circle !== undefined) return circle;
  }
  return undefined;
}

function withoutExtension(file: string): string {
  return file.replace(/\.[jt]sx?$/, '');
}

function sourcesOfRooms(): readonly string[] {
  return rooms.flatMap((room) => filesIn(room)).filter((file) => !file.includes('strace-parser'));
}

function roomOf(file: string): string {
  return file.split('/')[0] ?? '';
}

function filesIn(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => `${entry.parentPath}/${entry.name}`)
    .filter((file) => !/\/(node_modules|dist)\//.test(file));
}
