import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { ReturnWatch } from '../../../src/Sfu.Signalling/wwwroot/sfu-client/return-watch.js';

let page, now, returns, watch;

beforeEach(() => {
  mock.timers.enable({ apis: ['setInterval'] });
  page = new EventTarget();
  globalThis.document = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  globalThis.addEventListener = page.addEventListener.bind(page);
  globalThis.removeEventListener = page.removeEventListener.bind(page);
  now = 1_000_000;
  returns = 0;
  watch = new ReturnWatch(() => returns++, () => now);
  watch.start();
});

afterEach(() => {
  watch.stop();
  mock.timers.reset();
  for (const name of ['document', 'addEventListener', 'removeEventListener']) delete globalThis[name];
});

/** The clock goes on by so much until the timer gets its turn. */
function tick(ms) {
  now += ms;
  mock.timers.tick(1_000);
}

test('a clock that goes on as it should tells nothing, also not when the page is busy', () => {
  for (const ms of [1_000, 1_200, 2_900, 1_000]) tick(ms);
  assert.equal(returns, 0);
});

test('a timer that is late by seconds is a return, once', () => {
  tick(1_000);
  tick(45_000);
  tick(1_000);
  assert.equal(returns, 1);
});

test('slowness does not add up to a return', () => {
  for (let times = 0; times < 20; times++) tick(2_500);
  assert.equal(returns, 0);
});

test('to come into sight is a return, to go out of it is none', () => {
  document.visibilityState = 'hidden';
  document.dispatchEvent(new Event('visibilitychange'));
  assert.equal(returns, 0);
  document.visibilityState = 'visible';
  document.dispatchEvent(new Event('visibilitychange'));
  page.dispatchEvent(new Event('pageshow'));
  document.dispatchEvent(new Event('resume'));
  assert.equal(returns, 3);
});

test('what is stopped tells nothing', () => {
  watch.stop();
  tick(45_000);
  page.dispatchEvent(new Event('pageshow'));
  assert.equal(returns, 0);
});
