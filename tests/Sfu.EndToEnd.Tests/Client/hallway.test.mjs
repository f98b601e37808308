import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupByTopic } from '../../../src/Sfu.Signalling/wwwroot/page/hallway.js';
import { nameOf, tagsOf } from '../../../src/Sfu.Signalling/wwwroot/page/new-room.js';

const room = (name, tags, audience = 0) => ({ name, tags, stage: [], audience });
const names = (groups) => groups.map(({ topic, rooms }) => [topic, rooms.map((one) => one.name)]);

test('rooms are grouped by the topic of their first tag, the most visited first', () => {
  const groups = groupByTopic([room('a', ['work'], 1), room('b', ['nature/birds'], 2), room('c', [], 50), room('d', ['nature', 'work'], 9)]);
  assert.deepEqual(names(groups), [['nature', ['d', 'b']], ['work', ['a']], ['', ['c']]]);
});

test('no rooms are no groups', () => {
  assert.deepEqual(groupByTopic([]), []);
});

test('a title makes a name for addresses', () => {
  for (const [title, name] of [['Birds of the harbour!', 'birds-of-the-harbour'], ['  Éva & Ada ', 'eva-ada'], ['鳥の部屋', '鳥の部屋'], ['!!!', '']])
    assert.equal(nameOf(title), name, title);
});

test('topics come with commas between them', () => {
  assert.deepEqual(tagsOf(' nature/birds, walks ,,'), ['nature/birds', 'walks']);
});
