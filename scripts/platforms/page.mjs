// Entry of the page: runs everything itself, and once more in a worker.
import { main } from './main.mjs';

await main(location.origin, 'page');
new Worker('/worker.js', { type: 'module' }).onerror = ({ message }) =>
  fetch('/results/worker', { method: 'POST', body: JSON.stringify({ broken: message }) });
