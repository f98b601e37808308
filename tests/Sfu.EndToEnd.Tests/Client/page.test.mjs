import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hue, initials } from '../../../src/Sfu.Signalling/wwwroot/page/avatar.js';
import { SEATS } from '../../../src/Sfu.Signalling/wwwroot/page/hall.js';
import { changes } from '../../../src/Sfu.Signalling/wwwroot/page/announcer.js';
import { actionsFor } from '../../../src/Sfu.Signalling/wwwroot/page/moderation.js';
import {
  chipsOf, explain, hallWords, hearingWords, invitationWords, personWords, qualityWords, roomWords, stateWords, waitingWords, whoWords,
} from '../../../src/Sfu.Signalling/wwwroot/page/words.js';

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

test('nobody listens in a silent room', () => {
  assert.equal(hallWords(0, false, true), 'Nobody is in the audience yet');
  assert.equal(hallWords(1, true, true), 'You are alone in the audience');
  assert.equal(hallWords(3, true, true), 'You and 2 others are here');
  assert.equal(roomWords(1, 2, true), '1 on stage · 2 in the audience');
});

test('who is on the stage fits into a line', () => {
  assert.deepEqual([[], ['Ann'], ['Ann', 'Ben'], ['Ann', 'Ben', 'Cleo', 'Dan']].map(whoWords), ['', 'Ann', 'Ann and Ben', 'Ann, Ben and 2 more']);
});

test('chips tell a room from others', () => {
  const room = { tags: ['nature/birds', 'talk'], profile: 'silent', visibility: 'private', opensAt: '2100-01-01T00:00:00Z' };
  assert.deepEqual(chipsOf(room, 0), ['birds', 'silent', 'private', 'doors closed']);
  assert.deepEqual(chipsOf({ ...room, tags: [], profile: 'voice', visibility: 'public' }, Date.parse('2100-01-02')), []);
});

test('who waits is told why, and at which place', () => {
  const full = waitingWords({ reason: 'room-full', position: 1 });
  assert.deepEqual([full.title, full.place], ['The room is full', 'You are the first in the queue']);
  const early = waitingWords({ reason: 'doors-closed', position: 12, opensAt: '2100-01-01T12:00:00Z' }, 'en');
  assert.match(early.words, /2100/);
  assert.equal(early.place, 'You are number 12 in the queue');
});

test('an invitation says whose it is and what became of it', () => {
  assert.match(invitationWords('', 'Ann'), /^Ann would like you/);
  assert.match(invitationWords(''), /^A moderator would like you/);
  assert.match(invitationWords('expired'), /expired/);
  assert.equal(personWords({ role: 'moderator', onStage: true }), 'On the stage · moderator');
});

test('who is always heard, and who is not, is told', () => {
  assert.deepEqual([undefined, 'pinned', 'excluded'].map(hearingWords), ['', 'always heard', 'not heard']);
  assert.equal(personWords({ role: 'speaker', onStage: true, hearing: 'excluded' }), 'On the stage · not heard');
});

test('who may do what with whom', () => {
  const acts = (person, self, invited = []) => actionsFor({ id: 'x', role: 'speaker', onStage: true, ...person }, { self, invited }).map(({ act, ban }) => (ban ? 'ban' : act));
  const moderator = { id: 'me', role: 'moderator' };
  assert.deepEqual(acts({ id: 'me' }, moderator), [], 'nothing with oneself');
  assert.deepEqual(acts({}, { id: 'me', role: 'speaker' }), ['message']);
  assert.deepEqual(acts({}, moderator), ['message', 'mute', 'pin', 'exclude', 'move-to-audience', 'make-moderator', 'hand-over', 'remove', 'ban']);
  assert.deepEqual(acts({ hearing: 'pinned' }, moderator).slice(2, 4), ['exclude', 'hear-by-voice']);
  assert.deepEqual(acts({ hearing: 'excluded' }, moderator).slice(2, 4), ['pin', 'hear-by-voice']);
  assert.equal(acts({ muteLocked: true }, moderator)[1], 'allow-microphone');
  assert.equal(acts({ role: 'moderator' }, moderator)[5], 'make-speaker');
  assert.equal(acts({ onStage: false, role: 'audience' }, moderator)[1], 'invite');
  assert.equal(acts({ onStage: false, role: 'audience' }, moderator, ['x'])[1], 'withdraw-invitation');
});

test('what changed is told in words', () => {
  const self = { id: 'me', role: 'audience', muteLocked: false };
  const before = { stage: [{ id: 'a', name: 'Ann' }], hands: [], self };
  const now = { stage: [{ id: 'me', name: 'Me' }], hands: [{ id: 'b', name: 'Ben', note: 'birds' }], self: { ...self, role: 'moderator', muteLocked: true } };
  assert.deepEqual(changes(before, now), [
    'You took the stage.', 'Ann left the stage.', 'Ben raised a hand: birds.', 'A moderator muted you.', 'You moderate this room now.',
  ]);
  assert.deepEqual(changes(now, { ...now, self: { ...now.self, muteLocked: false } }), ['You may open your microphone again.']);
  assert.deepEqual(changes(now, now), []);
});

test('every error has words', () => {
  assert.match(explain({ code: 'microphone-denied' }), /does not allow the microphone/);
  assert.match(explain({ reason: 'room-closed' }), /closed/);
  assert.match(explain({ code: 'token-bad-signature', message: 'raw' }), /does not accept your token/);
  assert.equal(explain({ code: 'from-the-future', message: 'What the server said.' }), 'What the server said.');
  assert.equal(explain({ code: 'from-the-future' }), 'Something went wrong.');
});

test('a good connection says so, and unknown numbers are left out', () => {
  const quality = { rating: 'good', rttMs: null, loss: 0, uplinkLoss: null, jitterMs: 2.4, concealed: 0.001, transport: null, protection: null };
  assert.deepEqual(qualityWords(quality), ['Good connection', '0.0 % of packets lost', '2 ms jitter', '0.1 % of the sound filled in']);
  const more = qualityWords({ ...quality, transport: 'tcp', protection: 'redundancy' }).slice(-2);
  assert.deepEqual(more, ['Over TCP: UDP does not get through', 'Protected against loss: packets repeat earlier sound']);
});

test('only trouble has a banner', () => {
  assert.equal(stateWords({ state: 'connected', signalling: 'open', media: 'connected' }), '');
  assert.match(stateWords({ state: 'reconnecting', signalling: 'connecting', media: 'connected' }), /audio goes on/);
  assert.match(stateWords({ state: 'reconnecting', signalling: 'open', media: 'disconnected' }), /interrupted/);
  assert.equal(stateWords({ state: 'reconnecting', signalling: 'connecting', media: 'none' }), 'Connection lost. Reconnecting');
  assert.match(stateWords({ state: 'waiting', signalling: 'open', media: 'connecting' }), /full/);
  assert.match(stateWords({ state: 'connecting', signalling: 'open', media: 'disconnected' }), /network may block/);
});
