// The main jobs, offline: a flow sends messages through the Twilio connector to a simulated Twilio service, and a host
// hears and answers what people write back.
import { main, processIo } from '@flowdeck/cli';
import { startTwilioService, TWILIO_NUMBERS } from '@flowdeck/conformance/twilio';

const service = await startTwilioService();
const host = new URL(service.url).host;
Object.assign(process.env, {
  TWILIO_API_KEY: service.keySid,
  TWILIO_API_SECRET: service.keySecret,
  TWILIO_ACCOUNT_SID: service.accountSid,
  TWILIO_AUTH_TOKEN: service.authToken,
  TWILIO_BASE_URL: service.url,
});
const connection = 'examples/twilio-local.connection.json';

let failed = false;
const step = async (title, args, io = processIo()) => {
  console.log(`\n# ${title}\n$ flowdeck ${args.join(' ')}`);
  const code = await main(args, io);
  if (code !== 0) failed = true;
};

/** Starts a command that stays, resolves when it says what it does, and gives what ends it. */
const stay = async (title, args) => {
  const ending = new AbortController();
  const io = processIo();
  let ended;
  await new Promise((resolve, reject) => {
    const write = (text) => {
      io.stdout.write(text);
      resolve();
    };
    // The interrupt is left to this process: the signal of `io` would take it.
    const held = Object.create(io, { signal: { value: ending.signal }, stdout: { value: { write } } });
    ended = step(title, args, held);
    ended.then(() => reject(new Error('The command has ended.')), reject);
  });
  return () => {
    ending.abort();
    return ended;
  };
};

/** Somebody writes to the number. A webhook that is not registered yet hears nothing: then it is tried again. */
const write = async (from, body) => {
  for (;;) {
    const { webhook } = await service.inbound({ from, to: TWILIO_NUMBERS[0], body });
    if (webhook?.status === 200) return { url: webhook.url, answer: /<Body>(.*)<\/Body>/.exec(webhook.body)?.[1] };
    if (webhook !== null && webhook.status !== 503) throw new Error(`The host answered ${webhook.status}.`);
    await new Promise(setImmediate);
  }
};

console.log(`A simulated Twilio service listens at ${service.url}. Nothing leaves this machine.`);
try {
  await step("Is the connection good? The connector's _authping flow finds out.", [
    'connection',
    'test',
    connection,
    '--allow-host',
    host,
  ]);
  await step('Run the flow: one recipient has a number that Twilio rejects.', [
    'run',
    'examples/notify.flow.json',
    '--connection',
    `twilio=${connection}`,
    '--allow-host',
    host,
  ]);
  console.log('\n# What arrived at the service');
  for (const message of service.messages())
    console.log(`  ${message.to}  ${message.status}  ${message.sid}  ${JSON.stringify(message.body)}`);
  console.log(`  ${service.requests.length} requests in all.`);

  const stop = await stay('People write back: a host hears it, and a flow answers.', [
    'serve',
    'examples/inbound.flow.json',
    '--connection',
    `twilio=${connection}`,
    '--allow-host',
    host,
    '--on',
    'onMessage',
    '--port',
    '0',
  ]);
  console.log('\n# What came to the number, signed by the service, and what the flow answered');
  let hook = '';
  for (const [from, body] of [
    ['+15551230001', 'When are you open?'],
    ['+15551230002', 'My parcel is broken.'],
  ]) {
    const { url, answer } = await write(from, body);
    hook = url;
    console.log(`  ${from}  ${JSON.stringify(body)}\n    ${JSON.stringify(answer)}`);
  }
  const forged = await fetch(hook, { method: 'POST', body: new URLSearchParams({ Body: 'Pay Eve.' }) });
  console.log(`  The same from somebody who cannot sign: ${forged.status}, and no flow hears it.`);
  await stop();
} finally {
  await service.close();
}
process.exitCode = failed ? 1 : 0;
