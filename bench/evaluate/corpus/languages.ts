import { type Program, shell } from '../program.js';

const bash = {
  'app/run.sh':
    'source app/library.sh\nfor f in "$@"; do cat "$f"; done > all\ncat all | wc -l\ncat <<< "$x"\n',
  'app/library.sh': 'x=1\n',
};
const python = {
  'app/main.py': `import sys, json, argparse
def report(names):
    import csv, re, subprocess
    with open('report.json', 'w') as f: json.dump([len(open(n).read()) for n in names], f)
def mail(names):
    import email.message, hashlib, decimal, logging, tempfile
    m = email.message.EmailMessage()
    m['subject'] = hashlib.sha256(open(names[0], 'rb').read()).hexdigest()
    with open('mail.eml', 'w') as f: f.write(str(m))
    print(m)
dict(report=report, mail=mail)[sys.argv[1]](sys.argv[2:])
`,
};
const perl = {
  'app/main.pl': `use strict; use warnings; use Getopt::Long; use List::Util "sum";
my ($what, @names) = @ARGV;
my @lines = map { open my $f, "<", $_ or die $!; <$f> } @names;
if ($what eq "time") { require POSIX; require Data::Dumper; require Time::Local; print POSIX::floor(2.5), "\\n" }
open my $out, ">", "$what.txt" or die $!; print $out scalar @lines;
`,
};
const node = {
  'app/main.js': `const fs = require('node:fs');
const [what, ...names] = process.argv.slice(2);
const { run } = require('./' + what);
fs.writeFileSync(what + '.txt', String(run(names.map((name) => fs.readFileSync(name, 'utf8')))));
console.log(fs.readFileSync(what + '.txt', 'utf8'));
`,
  'app/count.js': 'exports.run = (texts) => texts.join("").length;\n',
  'app/hash.js':
    'const { createHash } = require("node:crypto");\nexports.run = (texts) => createHash("sha256").update(texts.join("")).digest("hex");\n',
  'app/package.json': '{"name":"app"}',
};
const tcl = {
  'app/main.tcl':
    'foreach n $argv { set f [open $n]; puts [gets $f] }\nif {[llength $argv] > 1} { puts [clock format 0 -gmt 1] }\nset o [open [lindex $argv 0].out w]; puts $o x; close $o\n',
};

/** Interpreters: the same script with other work to do, for which it loads other modules. */
export const languagePrograms: readonly Program[] = [
  {
    name: 'bash',
    needs: ['bash'],
    training: {
      files: bash,
      command: () => ['bash', 'app/run.sh', 'notes/one.txt', 'notes/two.txt'],
    },
    test: { files: bash, command: () => ['bash', 'app/run.sh', 'notes/three.txt', 'drafts/a.txt'] },
  },
  {
    name: 'python3',
    needs: ['/usr/bin/python3'],
    training: {
      files: python,
      command: () => [
        '/usr/bin/python3',
        'app/main.py',
        'report',
        'notes/one.txt',
        'notes/two.txt',
      ],
    },
    test: {
      files: python,
      command: () => ['/usr/bin/python3', 'app/main.py', 'mail', 'notes/four.txt'],
    },
  },
  {
    name: 'perl',
    needs: ['perl'],
    training: {
      files: perl,
      command: () => ['perl', 'app/main.pl', 'count', 'notes/one.txt', 'notes/two.txt'],
    },
    test: { files: perl, command: () => ['perl', 'app/main.pl', 'time', 'notes/three.txt'] },
  },
  {
    name: 'node',
    needs: ['node'],
    training: {
      files: node,
      command: () => ['node', 'app/main.js', 'count', 'notes/one.txt', 'notes/two.txt'],
    },
    test: { files: node, command: () => ['node', 'app/main.js', 'hash', 'notes/three.txt'] },
  },
  {
    name: 'tclsh',
    needs: ['tclsh'],
    training: { files: tcl, command: () => ['tclsh', 'app/main.tcl', 'notes/one.txt'] },
    test: {
      files: tcl,
      command: () => ['tclsh', 'app/main.tcl', 'notes/three.txt', 'notes/one.txt'],
    },
  },
  {
    name: 'sqlite3',
    needs: ['sqlite3'],
    training: {
      command: shell(
        'sqlite3 notes.db "CREATE TABLE note (t); INSERT INTO note VALUES (1);"; sqlite3 notes.db "SELECT count(*) FROM note"',
      ),
    },
    test: {
      command: shell(
        'sqlite3 other.db "CREATE TABLE r (n, v); INSERT INTO r VALUES (1, 2); DELETE FROM r; VACUUM; SELECT sum(v) FROM r;"',
      ),
    },
  },
];
