import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hue, initials } from '../../../src/Sfu.Signalling/wwwroot/page/avatar.js';
import { SEATS } from '../../../src/Sfu.Signalling/wwwroot/page/hall.js';
import { explain, hallWords, qualityWords, stateWords } from '../../../src/Sfu.Signalling/wwwroot/page/words.js';

test('initials are those of the first and the last word', () => {
  for (const [name, letters] of [['Ada Lovelace', 'AL'], ['Karen Spärck Jones', 'KJ'], ['ada', 'A'], ['  éva  ', 'É'], ['ada.lovelace', 'AL'], ['', '?'], ['🙂 x', '🙂X']])
    assert.equal(initials(name), letters, name);
});

test('an identity keeps its colour, and identities differ', () => {
  assert.equal(hue('ada'), hue('ada'));
  assert.ok(new Set(Array.from({ length: 40 }, (_, index) => hue(`id-${index}`))).size > 8);
});

test('no two seats overlap', () => {
  for (const [index, a] of SEATS.entries())
    for (const b of SEATS.slice(index + 1)) assert.ok(Math.hypot(a.x - b.x, a.y - b.y) > 14);
});

test('the audience is told in words, oneself included', () => {
  assert.equal(hallWords(0, false), 'Nobody is listening yet');
  assert.equal(hallWords(1, true), 'You are the only listener');
  assert.equal(hallWords(2, true), 'You and 1 other are listening');
  assert.equal(hallWords(5000, true), 'You and 4,999 others are listening');
  assert.equal(hallWords(1, false), '1 person is listening');
  assert.equal(hallWords(41, false), '41 people are listening');
});

test('every error has words', () => {
  assert.match(explain({ code: 'microphone-denied' }), /does not allow the microphone/);
  assert.match(explain({ reason: 'room-closed' }), /closed/);
  assert.match(explain({ code: 'token-bad-signature', message: 'raw' }), /does not accept your token/);
  assert.equal(explain({ code: 'from-the-future', message: 'What the server said.' }), 'What the server said.');
  assert.equal(explain({ code: 'from-the-future' }), 'Something went wrong.');
});

test('a good connection says so, and unknown numbers are left out', () => {
  const quality = { rating: 'good', rttMs: null, loss: 0, uplinkLoss: null, jitterMs: 2.4, concealed: 0.001 };
  assert.deepEqual(qualityWords(quality), ['Good connection', '0.0 % of packets lost', '2 ms jitter', '0.1 % of the sound filled in']);
});

test('only trouble has a banner', () => {
  assert.equal(stateWords({ state: 'connected', signalling: 'open', media: 'connected' }), '');
  assert.match(stateWords({ state: 'reconnecting', signalling: 'connecting', media: 'connected' }), /audio goes on/);
  assert.match(stateWords({ state: 'reconnecting', signalling: 'open', media: 'disconnected' }), /interrupted/);
  assert.match(stateWords({ state: 'connecting', signalling: 'open', media: 'disconnected' }), /network may block/);
});
