import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Backoff } from '../../../src/Sfu.Signalling/wwwroot/sfu-client/backoff.js';

test('waits double up to the most', () => {
  const backoff = new Backoff({ firstMs: 100, mostMs: 500, random: () => 1 });
  assert.deepEqual([1, 2, 3, 4, 5].map(() => backoff.next()), [100, 200, 400, 500, 500]);
});

test('half of a wait is random', () => {
  const waits = [0, 0.5].map((random) => new Backoff({ firstMs: 100, random: () => random }).next());
  assert.deepEqual(waits, [50, 75]);
});

test('a reset starts over', () => {
  const backoff = new Backoff({ firstMs: 100, random: () => 1 });
  backoff.next();
  backoff.next();
  assert.equal(backoff.attempts, 2);
  backoff.reset();
  assert.equal(backoff.attempts, 0);
  assert.equal(backoff.next(), 100);
});
