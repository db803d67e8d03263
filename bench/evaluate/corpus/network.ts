import { createServer } from 'node:http';
import { type Program, shell } from '../program.js';

const nginx = {
  'nginx.conf': `pid run/nginx.pid;
error_log run/error.log;
events {}
http {
  include /etc/nginx/mime.types;
  access_log run/access.log;
  client_body_temp_path run/body;
  proxy_temp_path run/proxy;
  fastcgi_temp_path run/fastcgi;
  uwsgi_temp_path run/uwsgi;
  scgi_temp_path run/scgi;
  server { listen 127.0.0.1:PORT; root site; }
}
`,
  'run/.keep': '',
};

/** Programs that talk, here with nobody but this machine. */
export const networkPrograms: readonly Program[] = [
  {
    name: 'curl',
    needs: ['curl'],
    training: {
      command: (port) => [
        'curl',
        '-sS',
        '-o',
        'page',
        `http://localhost:${port}/`,
        '-T',
        'notes/one.txt',
        `http://localhost:${port}/up`,
      ],
    },
    test: {
      home: { '.curlrc': 'silent\n' },
      command: (port) => ['curl', '-sS', '-o', 'other', `http://127.0.0.1:${port}/deep/page?x=1`],
    },
    meanwhile: served,
  },
  {
    name: 'wget',
    needs: ['wget'],
    training: {
      command: (port) => ['wget', '-q', '-P', 'got', `http://localhost:${port}/one.html`],
    },
    test: {
      command: (port) => ['wget', '-q', '-P', 'had', `http://127.0.0.1:${port}/deep/other.html`],
    },
    meanwhile: served,
  },
  {
    name: 'a web server of python3',
    needs: ['/usr/bin/python3'],
    training: {
      files: {
        'site/index.html': 'first\n',
        'site/about.html': 'a\n',
        'site/site.css': 'a{}\n',
        'site/draft.html': 'd\n',
      },
      command: serving,
    },
    test: {
      files: {
        'site/index.html': 'other\n',
        'site/style/deep.css': 'b{}\n',
        'site/news.html': 'n\n',
      },
      command: serving,
    },
    meanwhile: asked,
  },
  {
    name: 'nginx',
    needs: ['/usr/sbin/nginx', 'curl'],
    training: {
      files: {
        ...nginx,
        'site/index.html': 'first\n',
        'site/about.html': 'a\n',
        'site/site.css': 'a{}\n',
        'site/draft.html': 'd\n',
      },
      command: (port) => serveByNginx(port, ['index.html', 'about.html', 'site.css']),
    },
    test: {
      files: { ...nginx, 'site/index.html': 'other\n', 'site/style/deep.css': 'b{}\n' },
      command: (port) => serveByNginx(port, ['index.html', 'style/deep.css', 'missing.html']),
    },
  },
  {
    name: 'openssl',
    needs: ['openssl'],
    training: {
      command: shell(
        'openssl genrsa -out key.pem 2048 2> /dev/null\nopenssl req -new -x509 -key key.pem -subj /CN=a -out cert.pem\nopenssl dgst -sha256 notes/one.txt',
      ),
    },
    test: {
      command: shell(
        'openssl ecparam -name prime256v1 -genkey -out other.pem\nopenssl req -new -key other.pem -subj /CN=b -out request.pem\nopenssl enc -aes-256-cbc -pbkdf2 -k x -in notes/two.txt -out secret',
      ),
    },
  },
  {
    name: 'ssh-keygen',
    needs: ['ssh-keygen'],
    training: {
      command: shell(
        'ssh-keygen -q -t ed25519 -N "" -C c -f key\nssh-keygen -lf key.pub > /dev/null\nssh-keygen -q -t rsa -b 2048 -N "" -C c -f second',
      ),
    },
    test: {
      command: shell(
        'ssh-keygen -q -t ecdsa -N "" -C c -f other\nssh-keygen -y -f other > again.pub',
      ),
    },
  },
  {
    name: 'gpg',
    needs: ['gpg'],
    training: {
      command: shell(
        'gpg --batch --yes -q --passphrase x --pinentry-mode loopback -c -o one.gpg notes/one.txt\ngpg --batch -q --passphrase x --pinentry-mode loopback -d one.gpg\ngpg -q --list-keys > /dev/null\ngpgconf --kill gpg-agent',
      ),
    },
    test: {
      command: shell(
        'gpg --batch --yes -q --passphrase y --pinentry-mode loopback --armor -c -o two.asc notes/two.txt\ngpg --batch -q --passphrase y --pinentry-mode loopback -d two.asc\ngpgconf --kill gpg-agent',
      ),
    },
  },
];

function serving(port: number): readonly string[] {
  return [
    '/usr/bin/python3',
    '-c',
    `from http.server import HTTPServer, SimpleHTTPRequestHandler
import os
os.chdir('site')
class Handler(SimpleHTTPRequestHandler):
  def log_message(self, *words): pass
server = HTTPServer(('127.0.0.1', ${port}), Handler)
for _ in range(5): server.handle_request()`,
  ];
}

/** Starts the daemon, asks it for pages, and ends it. */
function serveByNginx(port: number, pages: readonly string[]): readonly string[] {
  const ask = `curl -s -o /dev/null -w '%{http_code}\\n' http://127.0.0.1:${port}`;
  return [
    '/bin/sh',
    '-ec',
    `sed s/PORT/${port}/ nginx.conf > run/site.conf
/usr/sbin/nginx -e run/error.log -p "$PWD/" -c run/site.conf
${pages.map((page) => `${ask}/${page}`).join('\n')}
kill -QUIT "$(cat run/nginx.pid)"
while [ -e run/nginx.pid ]; do sleep 0.1; done`,
  ];
}

async function served(port: number, command: () => Promise<void>): Promise<string> {
  const got: string[] = [];
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      got.push(`${request.method} ${request.url}`);
      response.end('served\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  try {
    await command();
  } finally {
    server.closeAllConnections();
    server.close();
  }
  return got.join();
}

/** Asks for what either task has; where there is no such file, the server says so, and goes on. */
async function asked(port: number, command: () => Promise<void>): Promise<string> {
  const got: string[] = [];
  let running = true;
  const ended = command().finally(() => {
    running = false;
  });
  for (const name of ['index.html', 'about.html', 'site.css', 'style/deep.css', 'news.html']) {
    while (running) {
      try {
        const address = `http://127.0.0.1:${port}/${name}`;
        got.push(await (await fetch(address, { headers: { connection: 'close' } })).text());
        break;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  }
  await ended;
  return got.join();
}
