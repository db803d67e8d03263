import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { escapeTemplate, expandTemplate } from '../../profiles/templates.js';

const templates = suite('templates of paths');

templates('a text that was escaped stands for itself', () => {
  for (const text of ['/a', '/$', '/$$', '/${x}', '/$x{y}', '$']) {
    assert.equal(expandTemplate(escapeTemplate(text), new Map()), [text]);
  }
});

templates('several variables give all combinations', () => {
  const variables = new Map([
    ['a', ['1', '2']],
    ['b', ['x', '${a}']],
  ]);
  assert.equal(expandTemplate('/${a}/${b}', variables), ['/1/x', '/1/${a}', '/2/x', '/2/${a}']);
});

templates('an unknown variable and a stray dollar sign are refused', () => {
  assert.throws(() => expandTemplate('/${nope}', new Map()), /variable \$\{nope\} is not defined/);
  assert.throws(() => expandTemplate('/$x', new Map()), /dollar sign/);
});

templates.run();
