// The main job, offline: a user's flow sends messages through the Twilio connector to a simulated Twilio service.
import { main, processIo } from '@flowdeck/cli';
import { startTwilioService } from '@flowdeck/conformance/twilio';

const service = await startTwilioService();
const host = new URL(service.url).host;
Object.assign(process.env, {
  TWILIO_API_KEY: service.keySid,
  TWILIO_API_SECRET: service.keySecret,
  TWILIO_ACCOUNT_SID: service.accountSid,
  TWILIO_BASE_URL: service.url,
});
const connection = 'examples/twilio-local.connection.json';

let failed = false;
const step = async (title, args) => {
  console.log(`\n# ${title}\n$ flowdeck ${args.join(' ')}`);
  const code = await main(args, processIo());
  if (code !== 0) failed = true;
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
} finally {
  await service.close();
}
process.exitCode = failed ? 1 : 0;
