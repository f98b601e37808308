import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { Recovery } from '../../../src/Sfu.Signalling/wwwroot/sfu-client/recovery.js';

/** Nothing but promises that are done already. */
const settle = () => new Promise(setImmediate);

let attempts, wanted, recovery;

beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout'] });
  attempts = [];
  wanted = true;
  recovery = new Recovery({
    isWanted: () => wanted,
    attempt: () => new Promise((resolve, reject) => attempts.push({ resolve, reject })),
    onFailed() {},
    onChange() {},
  });
});

afterEach(() => mock.timers.reset());

const fail = async () => {
  attempts.at(-1).reject(new Error('unreachable'));
  await settle();
};

test('the first attempt is made at once, the next one after a pause', async () => {
  recovery.run();
  await settle();
  assert.equal(attempts.length, 1);
  await fail();
  assert.equal(attempts.length, 1);
  mock.timers.tick(1_000);
  await settle();
  assert.equal(attempts.length, 2);
});

test('who is asked to pause does so first', async () => {
  recovery.run(true);
  await settle();
  assert.equal(attempts.length, 0);
  mock.timers.tick(1_000);
  await settle();
  assert.equal(attempts.length, 1);
});

test('waking ends a pause, once', async () => {
  recovery.run();
  await fail();
  recovery.wake();
  await settle();
  assert.equal(attempts.length, 2);
  await fail();
  assert.equal(attempts.length, 2);
});

test('woken during an attempt that fails, the next one is made at once, and only that', async () => {
  recovery.run();
  recovery.wake();
  await fail();
  assert.equal(attempts.length, 2);
  await fail();
  assert.equal(attempts.length, 2);
});

test('after waking pauses are short again', async () => {
  recovery.run();
  for (let failures = 0; failures < 6; failures++) {
    await fail();
    mock.timers.tick(30_000);
    await settle();
  }
  recovery.wake();
  await fail();
  await fail();
  const before = attempts.length;
  mock.timers.tick(1_000);
  await settle();
  assert.equal(attempts.length, before + 1);
});

test('waking long before is no reason to hurry', async () => {
  recovery.wake();
  recovery.run(true);
  await settle();
  assert.equal(attempts.length, 0);
});

test('it ends when the connection stands', async () => {
  const running = recovery.run();
  await settle();
  wanted = false;
  attempts[0].resolve();
  await running;
  assert.equal(recovery.isRunning, false);
});
