/** A small pack of the kind that a third party ships; the same as in the guide for pack authors. */
import { chooser, defineCard, definePack, RunError } from '@flowdeck/engine';

export const initials = defineCard({
  id: 'acme.initials',
  title: 'Initials',
  description: 'The first letter of every word, in capitals.',
  kind: 'pure',
  inputs: [{ key: 'name', type: 'text', required: true, label: 'name', description: 'A name. Null is an empty one.' }],
  outputs: [{ key: 'initials', type: 'text', label: 'initials', description: 'Such as "AL".' }],
  errors: { 'acme-no-letters': 'The name has no letters.' },
  examples: [
    { in: { name: 'Ada Lovelace' }, out: { initials: 'AL' } },
    { title: 'Nothing to go by', in: { name: '42' }, error: 'acme-no-letters' },
  ],
  run: (name) => {
    const letters = [...name.matchAll(/(?:^|\s)(\p{L})/gu)].map((match) => match[1] ?? '');
    if (letters.length === 0) {
      throw new RunError<'acme-no-letters'>('acme-no-letters', 'The name has no letters.', {
        hint: 'Give a name such as "Ada Lovelace".',
      });
    }
    return { initials: letters.join('').toUpperCase() };
  },
});

export const weather = defineCard({
  id: 'acme.weather',
  title: 'Weather',
  description: 'The temperature at a place, from the weather service at an address.',
  kind: 'effect',
  inputs: [
    { key: 'service', type: 'text', required: true, label: 'service', description: 'Address of the service.' },
    { key: 'place', type: 'text', required: true, label: 'place', description: 'Name of the place.' },
  ],
  outputs: [{ key: 'celsius', type: 'number', label: 'degrees', description: 'Null when the place is not known.' }],
  timeoutMs: 10_000,
  errors: { 'acme-weather': 'The service answered with an error.' },
  examples: [{ in: { service: 'https://weather.example.com', place: 'Graz' } }],
  run: async (service, place, ctx) => {
    const { status, body } = await ctx.http.request({
      method: 'GET',
      url: `${service}/now?place=${encodeURIComponent(place)}`,
      headers: { Accept: 'application/json' },
      signal: ctx.signal,
    });
    if (status === 404) return { celsius: null };
    if (status !== 200) {
      throw new RunError<'acme-weather'>('acme-weather', `The weather service answered ${status}.`, {
        statusCode: status,
      });
    }
    const answer: { readonly celsius?: unknown } = JSON.parse(new TextDecoder().decode(body));
    return { celsius: typeof answer.celsius === 'number' ? answer.celsius : null };
  },
});

export const watch = defineCard({
  id: 'acme.watch',
  title: 'Watch',
  description: 'Starts a flow and goes on at once.',
  kind: 'control',
  inputs: [{ key: 'flow', type: 'flow', required: true, label: 'flow', description: 'The flow to start.' }],
  outputs: [],
  traits: { detached: true, callsOnce: true, noResult: true },
  examples: [{ in: { flow: 'write-log' } }],
  run: (flow, ctx) => {
    ctx.spawn(flow);
    return undefined;
  },
});

export const balance = defineCard({
  id: 'acme.balance',
  title: 'Balance',
  description: 'The balance of the account.',
  kind: 'effect',
  connection: { connector: 'acme' },
  inputs: [],
  outputs: [{ key: 'balance', type: 'number', label: 'balance', description: 'In euros.' }],
  examples: [{ in: {} }],
  run: async (ctx) => {
    const headers = { Authorization: `Bearer ${String(ctx.connection.auth['token'])}` };
    const { body } = await ctx.http.request({
      method: 'GET',
      url: 'https://api.example.com/balance',
      headers,
      signal: ctx.signal,
    });
    return { balance: Number(new TextDecoder().decode(body)) };
  },
});

export const unless = defineCard({
  id: 'acme.unless',
  title: 'Unless',
  description: 'Runs its block unless something is true.',
  kind: 'control',
  inputs: [{ key: 'condition', type: 'boolean', required: true, label: 'condition', description: 'When not to.' }],
  outputs: [],
  blocks: { do: { scope: 'inline', required: true } },
  traits: { chooses: true },
  examples: [{ in: { condition: true } }],
  run: (condition, ctx) => (condition ? undefined : ctx.runBlock('do')),
});

export const weekend = defineCard({
  id: 'acme.weekend',
  title: 'Weekend',
  description: 'Runs one block on Saturdays and Sundays and another on working days.',
  kind: 'control',
  inputs: [{ key: 'date', type: 'date', required: true, label: 'date', description: 'Any time of the day, in UTC.' }],
  outputs: [],
  blocks: { weekend: { scope: 'inline' }, workday: { scope: 'inline' } },
  traits: { chooses: true, passive: true },
  examples: [{ in: { date: '2026-11-28' } }],
  run: chooser(['weekend', 'workday'], (date: Date) => (date.getUTCDay() % 6 === 0 ? 0 : 1)),
});

export const createTicket = defineCard({
  id: 'acme.createTicket',
  title: 'Create Ticket',
  description: 'Creates a ticket in a project.',
  kind: 'effect',
  inputs: [
    { key: 'project', type: 'text', required: true, label: 'project', description: 'Where it is filed.' },
    { key: 'title', type: 'text', label: 'title', description: 'What it is about.' },
  ],
  outputs: [{ key: 'number', type: 'number', label: 'number', description: 'Of the new ticket.' }],
  addresses: [
    {
      address: 'root:channels:http:acme:1.0.0:createTicket',
      in: { 'parameters/Project': 'project' },
      out: { 'Ticket/Number': 'number' },
    },
  ],
  run: (project, title) => ({ number: `${project}/${title}`.length }),
});

export const acme = definePack({
  name: 'flowdeck-acme',
  namespace: 'acme',
  version: '1.0.0',
  cards: [initials, weather, watch],
});

export default acme;
