// Drives basic-ftp and promise-ftp: reads {client, host, port, user, password, secure, steps} as JSON, writes what each step gave.
// A step is [method, ...arguments]. {"text": "..."} and {"into": true} stand for a stream that is sent or collected.
const { Readable, Writable } = require('stream');
const path = require('path');
const modules = path.join(process.env.FTP_NODE_CLIENTS, 'node_modules');

function collector() {
  const parts = [];
  const stream = new Writable({ write(chunk, _encoding, done) { parts.push(Buffer.from(chunk)); done(); } });
  return { stream, bytes: () => Buffer.concat(parts).toString('base64') };
}

async function collected(stream) {
  const parts = [];
  for await (const chunk of stream) { parts.push(chunk); }
  return Buffer.concat(parts).toString('base64');
}

async function connected(plan) {
  const secureOptions = { rejectUnauthorized: false };
  const login = { host: plan.host, port: plan.port, user: plan.user, password: plan.password, secure: plan.secure, secureOptions };
  if (plan.client === 'basic-ftp') {
    const client = new (require(path.join(modules, 'basic-ftp')).Client)(20000);
    await client.access(login);
    return client;
  }
  const client = new (require(path.join(modules, 'promise-ftp')))();
  await client.connect(login);
  return client;
}

async function main(plan) {
  const client = await connected(plan);
  const results = [];
  for (const [method, ...args] of plan.steps) {
    const into = args.some((arg) => arg && arg.into) ? collector() : null;
    const filled = args.map((arg) => (arg && arg.into ? into.stream : arg && arg.text !== undefined ? Readable.from([Buffer.from(arg.text)]) : arg));
    try {
      let value = await client[method](...filled);
      if (into) { value = into.bytes(); } else if (value instanceof Readable) { value = await collected(value); }
      if (value instanceof Map) { value = Object.fromEntries(value); }
      results.push({ value: value === undefined ? null : value });
    } catch (error) {
      results.push({ error: String(error && error.message || error) });
    }
  }
  if (client.end) { await client.end(); } else { client.close(); }
  process.stdout.write(JSON.stringify(results));
}

let text = '';
process.stdin.on('data', (chunk) => { text += chunk; });
process.stdin.on('end', () => main(JSON.parse(text)).catch((error) => { process.stdout.write(JSON.stringify([{ fatal: String(error && error.stack || error) }])); process.exit(1); }));
