/** The tests that the guide for pack authors shows, as they stand there. */
import { runCard, scriptedHttp } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { initials, weather } from '../test/acme.js';

test('the initials of a name', () => {
  assert.equal(runCard(initials, { name: 'Ada Lovelace' }), { initials: 'AL' });
});

test('the temperature of a place that is known, and of one that is not', async () => {
  const service = 'https://weather.example.com';
  const http = scriptedHttp([
    { request: { method: 'GET', path: '/now?place=Graz' }, response: { status: 200, json: { celsius: 21 } } },
    { request: { method: 'GET', path: '/now?place=Nowhere' }, response: { status: 404 } },
  ]);
  assert.equal(await runCard(weather, { service, place: 'Graz' }, { http }), { celsius: 21 });
  assert.equal(await runCard(weather, { service, place: 'Nowhere' }, { http }), { celsius: null });
  assert.equal(http.problems(), []);
});

test.run();
