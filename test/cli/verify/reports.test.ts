import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { findingRules, type VerifyFinding } from '../../../cli/verify/finding.js';
import { junitReport } from '../../../cli/verify/junit.js';
import { sarifLog } from '../../../cli/verify/sarif.js';
import { equalsGolden } from '../../support/golden.js';

const reports = suite('what verify reports to CI');

const file = 'profiles/a b.landlock.toml';

/** A finding of each severity, with names that no file format likes. */
const findings: readonly VerifyFinding[] = [
  {
    rule: 'denied-access',
    severity: 'high',
    about: '["fs.read_file","/srv/<a> & \\"b\\""]',
    sentence: 'denied: fs.read_file on /srv/<a> & "b": cat (openat), once, EACCES',
    details: ['nearest: no rule lies on it or above', 'change: allow read_file on /srv/<a> & "b"'],
    source: undefined,
  },
  {
    rule: 'secret-allowed',
    severity: 'critical',
    about: 'keys',
    sentence: 'allowed: read_file on /home/alice/\x1b[2J\udcff\u202e\ufffe]]>',
    details: [],
    source: { file: '/srv/100% sûr/ü:p.toml', line: 12 },
  },
  {
    rule: 'unseen-access',
    severity: 'medium',
    about: 'io-uring',
    sentence: 'a program set up io_uring',
    details: [],
    source: undefined,
  },
  {
    rule: 'needless-right',
    severity: 'low',
    about: 'x',
    sentence: 'not needed: truncate on ${HOME}/x',
    details: [],
    source: { file, line: 7 },
  },
];

reports('SARIF is as it was looked at', () => {
  equalsGolden(sarifLog({ version: '1.2.3', file, findings }), 'verify.sarif');
});

reports('SARIF has what its readers require', () => {
  const log = JSON.parse(sarifLog({ version: '1.2.3', file, findings }));
  assert.is(log.version, '2.1.0');
  const [{ tool, results }] = log.runs;
  assert.equal(
    tool.driver.rules.map(({ id }: { id: string }) => id),
    Object.keys(findingRules),
  );
  assert.is(results.length, findings.length);
  const fingerprints = new Set<string>();
  for (const { ruleId, ruleIndex, level, message, locations, partialFingerprints } of results) {
    assert.is(tool.driver.rules[ruleIndex].id, ruleId);
    assert.ok(['error', 'warning', 'note'].includes(level), level);
    assert.ok(message.text.length > 0);
    const [{ physicalLocation }] = locations;
    assert.ok(physicalLocation.region.startLine >= 1);
    // A reference with an unescaped space, or with a scheme that is none, is no URI.
    const { uri } = physicalLocation.artifactLocation;
    assert.match(uri, /^(file:\/\/\/)?[A-Za-z0-9._~%/-]+$/);
    assert.is(decodeURIComponent(new URL(uri, 'file:///').href).includes('\ufffd'), false);
    fingerprints.add(JSON.stringify(partialFingerprints));
  }
  assert.is(fingerprints.size, findings.length);
});

reports('SARIF without findings says that none were found', () => {
  const [run] = JSON.parse(sarifLog({ version: '1', file, findings: [] })).runs;
  assert.equal(run.results, []);
});

reports('a file name that is not UTF-8 is escaped byte by byte', () => {
  const [one] = findings;
  if (one === undefined) throw new Error('there is a finding');
  const [{ results }] = JSON.parse(
    sarifLog({ version: '1', file: './\udcff.toml', findings: [one] }),
  ).runs;
  assert.is(results[0].locations[0].physicalLocation.artifactLocation.uri, '%FF.toml');
});

const junit = {
  file,
  command: `sh -c 'cat "x" < y'`,
  findings,
  passed: [{ rule: 'must-deny-allowed', what: 'tcp port 443 is denied' }],
} as const;

reports('JUnit’s XML is as it was looked at', () => {
  equalsGolden(junitReport(junit), 'verify.junit.xml');
});

reports('JUnit’s XML is well-formed, whatever names hold, and its counts are right', () => {
  const text = junitReport(junit);
  assert.is(flawIn(text), undefined);
  const cases = text.match(/<testcase /g)?.length;
  const failures = text.match(/<failure /g)?.length;
  for (const [, tests, failed] of text.matchAll(/ tests="(\d+)" failures="(\d+)"/g)) {
    assert.equal([Number(tests), Number(failed)], [cases, failures]);
  }
  assert.is(failures, findings.length);
});

reports('a report that is not well-formed would be seen', () => {
  for (const text of [
    '<a>',
    '<a></b>',
    '<a b="<"/>',
    '<a>&x;</a>',
    '<a>\x1b</a>',
    '<a>\ufffe</a>',
  ]) {
    assert.ok(flawIn(text), text);
  }
});

/** What is against the grammar of XML 1.0, as far as the report makes use of it. */
function flawIn(text: string): string | undefined {
  if (/[^\t\n\r\x20-\ud7ff\ue000-\ufffd]/.test(text)) return 'a character that XML has not';
  const open: string[] = [];
  let flaw: string | undefined;
  const rest = text
    .replace(/^<\?xml [^?]*\?>/, '')
    .replace(element, (_, end: string, name: string, __, empty: string) => {
      if (end === '/' && open.pop() !== name) flaw = `${name} ends and did not begin`;
      if (end !== '/' && empty === '') open.push(name);
      return '';
    });
  if (open.length > 0) return `${open} never ends`;
  return /[<&]/.test(rest.replace(/&(?:amp|lt|gt|quot);/g, '')) ? 'neither text nor tag' : flaw;
}

const element = /<(\/?)([a-z]+)((?: [a-z]+="[^"<&]*(?:&(?:amp|lt|gt|quot);[^"<&]*)*")*)(\/?)>/g;

reports.run();
