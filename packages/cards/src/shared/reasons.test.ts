import { STATUS_CODES } from 'node:http';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { reasonPhrase } from './reasons.js';

test('the phrases are those of Node', () => {
  for (let status = 100; status < 600; status++) assert.is(reasonPhrase(status), STATUS_CODES[status], String(status));
});

test.run();
