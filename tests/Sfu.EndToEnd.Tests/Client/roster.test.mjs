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
  assert.equal(reduce(start, { type: 'hand.raised', revision: 11 }), start);
});

test('a csrc names a member, or nobody', () => {
  assert.equal(memberByCsrc(start, 1)?.id, 'a');
  assert.equal(memberByCsrc(start, 2), undefined);
});
