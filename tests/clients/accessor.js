// Drives zos-node-accessor: reads {host, port, user, password, secure, steps} as JSON, writes what each step gave.
// A step is [method, ...arguments]; "$2" stands for the result of step 2; a step that begins with "!" may fail.
const { ZosAccessor } = require(process.env.ZOS_NODE_ACCESSOR + '/node_modules/zos-node-accessor');

async function main(plan) {
  const client = new ZosAccessor();
  const results = [];
  const login = { host: plan.host, port: plan.port, user: plan.user, password: plan.password };
  if (plan.secure) { login.secure = true; login.secureOptions = { rejectUnauthorized: false }; }
  await client.connect(login);
  const fill = (value) => {
    if (typeof value === 'string') { return value.replace(/\$(\d+)/g, (_, n) => results[Number(n)].value); }
    if (value && typeof value === 'object') { return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, fill(v)])); }
    return value;
  };
  for (const [method, ...args] of plan.steps) {
    const filled = args.map(fill);
    try {
      let value;
      if (method === 'finish') {
        const end = Date.now() + 20000;
        do {
          await new Promise((done) => setTimeout(done, 50));
          value = await client.queryJob(filled[0]);
        } while ((value === 'active' || value === 'waiting') && Date.now() < end);
      } else {
        value = await client[method](...filled);
      }
      results.push(Buffer.isBuffer(value) ? { buffer: value.toString('base64') } : { value: value === undefined ? null : value });
    } catch (error) {
      results.push({ error: String(error && error.message || error) });
    }
  }
  await client.close();
  process.stdout.write(JSON.stringify(results));
}

let text = '';
process.stdin.on('data', (chunk) => { text += chunk; });
process.stdin.on('end', () => main(JSON.parse(text)).catch((error) => { process.stdout.write(JSON.stringify([{ fatal: String(error && error.stack || error) }])); process.exit(1); }));
