import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyRoster, memberByCsrc, reduce } from '../../../src/Sfu.Signalling/wwwroot/sfu-client/roster.js';

const member = (id, csrc, more = {}) => ({ id, identity: `${id}-who`, name: id, role: 'speaker', csrc, muted: false, ...more });
const welcome = {
  type: 'welcome',
  self: { id: 'me', identity: 'me', name: 'Me', role: 'speaker', onStage: false, muted: false, csrc: 7 },
  room: { name: 'lobby', revision: 10, slots: 3, stage: [member('a', 1)], audience: 4 },
};
const start = reduce(emptyRoster, welcome);
const ids = (roster) => roster.stage.map((one) => one.id);

test('a welcome replaces everything', () => {
  const again = reduce(start, { ...welcome, room: { ...welcome.room, revision: 3, stage: [], audience: 0 } });
  assert.deepEqual(ids(start), ['a']);
  assert.equal(start.self.csrc, 7);
  assert.deepEqual(ids(again), []);
  assert.equal(again.revision, 3);
});

test('who takes the stage comes last, who leaves is gone', () => {
  const joined = reduce(start, { type: 'stage.joined', revision: 11, member: member('b', 2) });
  assert.deepEqual(ids(joined), ['a', 'b']);
  const left = reduce(joined, { type: 'stage.left', revision: 12, id: 'a' });
  assert.deepEqual(ids(left), ['b']);
  assert.deepEqual(ids(joined), ['a', 'b'], 'the roster before is untouched');
});

test('who is heard is what was told last', () => {
  assert.deepEqual(start.heard, { slots: [], dominant: null });
  const told = reduce(start, { type: 'speakers', revision: 11, slots: ['a', null], dominant: 'a' });
  assert.deepEqual(told.heard, { slots: ['a', null], dominant: 'a' });
  const silent = reduce(told, { type: 'speakers', revision: 12, slots: [null, null] });
  assert.equal(silent.heard.dominant, null);
  const came = reduce(emptyRoster, { ...welcome, room: { ...welcome.room, speakers: { slots: ['a'], dominant: 'a' } } });
  assert.deepEqual(came.heard, { slots: ['a'], dominant: 'a' });
});

test('a change keeps the place on the stage', () => {
  const two = reduce(start, { type: 'stage.joined', revision: 11, member: member('b', 2) });
  const muted = reduce(two, { type: 'stage.changed', revision: 12, member: member('a', 1, { muted: true }) });
  assert.deepEqual(muted.stage.map((one) => [one.id, one.muted]), [['a', true], ['b', false]]);
});

test('an event that the snapshot already holds changes nothing', () => {
  for (const message of [
    { type: 'stage.joined', revision: 10, member: member('b', 2) },
    { type: 'stage.left', revision: 9, id: 'a' },
    { type: 'audience', revision: 10, count: 99 },
  ]) assert.equal(reduce(start, message), start);
});

test('the audience is a number', () => {
  const counted = reduce(start, { type: 'audience', revision: 11, count: 5000 });
  assert.equal(counted.audience, 5000);
  assert.equal(counted.revision, 11);
});

test('what is said about oneself is merged', () => {
  const onStage = reduce(start, { type: 'self', self: { onStage: true } });
  assert.equal(onStage.self.onStage, true);
  assert.equal(onStage.self.name, 'Me');
});

test('an unknown message changes nothing', () => {
  for (const type of ['from.the.future', 'toString', 'message', 'reactions']) assert.equal(reduce(start, { type, revision: 11 }), start);
});

test('revisions have gaps: only what is older is known already', () => {
  const joined = reduce(start, { type: 'stage.joined', revision: 40, member: member('b', 2) });
  const late = reduce(joined, { type: 'stage.left', revision: 39, id: 'a' });
  assert.deepEqual(ids(joined), ['a', 'b']);
  assert.equal(joined.revision, 40);
  assert.equal(late, joined);
});

test('the settings are those of the last update', () => {
  const settings = { title: 'Birds', tags: [], profile: 'voice', hands: 'everyone' };
  const told = reduce(emptyRoster, { ...welcome, room: { ...welcome.room, settings } });
  const updated = reduce(told, { type: 'room.updated', revision: 11, settings: { ...settings, title: 'Terns' } });
  assert.equal(told.settings.title, 'Birds');
  assert.equal(updated.settings.title, 'Terns');
  assert.equal(start.settings, null, 'of an older server');
});

const hand = (number, id, note = '') => ({ number, id, identity: id, name: id, note });
const moderator = { ...welcome, self: { ...welcome.self, role: 'moderator' }, room: { ...welcome.room, hands: [hand(1, 'a')] } };
const chair = reduce(emptyRoster, moderator);
const hands = (roster) => roster.hands.map((one) => `${one.number}${one.id}${one.note}`);

test('a moderator sees the hands in the order in which they rose', () => {
  const second = reduce(chair, { type: 'hand.raised', revision: 12, hand: hand(2, 'b') });
  const noted = reduce(second, { type: 'hand.raised', revision: 15, hand: hand(1, 'a', '!') });
  const lowered = reduce(noted, { type: 'hand.lowered', revision: 16, id: 'b' });
  assert.deepEqual(hands(second), ['1a', '2b']);
  assert.deepEqual(hands(noted), ['1a!', '2b'], 'a new note keeps the place');
  assert.deepEqual(hands(lowered), ['1a!']);
});

test('who was asked is remembered until it is answered', () => {
  const asked = reduce(reduce(chair, { type: 'invited', revision: 12, id: 'a', by: 'me' }), { type: 'invited', revision: 13, id: 'a', by: 'me' });
  const ended = reduce(asked, { type: 'invitation.ended', revision: 14, id: 'a', end: 'declined' });
  assert.deepEqual(asked.invited, ['a']);
  assert.deepEqual(ended.invited, []);
});

test('hands are for moderators', () => {
  const own = reduce(start, { type: 'hand.raised', revision: 11, hand: hand(1, 'me') });
  const invited = reduce(own, { type: 'invited', revision: 12, id: 'me', by: 'x' });
  const steppedBack = reduce(chair, { type: 'self', self: { role: 'speaker' } });
  assert.deepEqual([own.hands, invited.invited, steppedBack.hands], [[], [], []]);
  assert.equal(invited.revision, 12);
});

test('a list of hands keeps those that rose while it was on its way', () => {
  const risen = reduce(chair, { type: 'hand.raised', revision: 12, hand: hand(3, 'c') });
  const listed = reduce(risen, { type: 'hands', hands: [hand(2, 'b')] });
  assert.deepEqual(hands(listed), ['2b', '3c']);
});

test('a csrc names a member, or nobody', () => {
  assert.equal(memberByCsrc(start, 1)?.id, 'a');
  assert.equal(memberByCsrc(start, 2), undefined);
});
