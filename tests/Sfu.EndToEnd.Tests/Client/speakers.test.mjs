import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loudness, SpeakerTracker } from '../../../src/Sfu.Signalling/wwwroot/sfu-client/speakers.js';

const speaks = (tracker, sources, now) => [...tracker.update(sources, now).keys()];

test('whoever is heard now speaks', () => {
  const tracker = new SpeakerTracker();
  assert.deepEqual(speaks(tracker, [{ source: 1, timestamp: 5, audioLevel: 0.3 }], 1000), [1]);
});

test('silence is not speech', () => {
  const tracker = new SpeakerTracker();
  assert.deepEqual(speaks(tracker, [{ source: 1, timestamp: 5, audioLevel: 0 }], 1000), []);
});

test('a source whose timestamp stands still has stopped', () => {
  const tracker = new SpeakerTracker();
  const frozen = [{ source: 1, timestamp: 5, audioLevel: 0.3 }];
  speaks(tracker, frozen, 1000);
  assert.deepEqual(speaks(tracker, frozen, 1300), [1]);
  assert.deepEqual(speaks(tracker, frozen, 1500), []);
});

test('a short pause between words does not end a turn', () => {
  const tracker = new SpeakerTracker();
  speaks(tracker, [{ source: 1, timestamp: 5, audioLevel: 0.3 }], 1000);
  const pause = tracker.update([{ source: 1, timestamp: 6, audioLevel: 0 }], 1100);
  assert.deepEqual([...pause], [[1, 0]]);
});

test('without a level there is still a speaker', () => {
  const [entry] = new SpeakerTracker().update([{ source: 9, timestamp: 1 }], 0);
  assert.deepEqual(entry, [9, 0.5]);
});

test('someone who moved to another slot is not pulled back by the old one', () => {
  const tracker = new SpeakerTracker();
  const levels = tracker.update([{ source: 1, timestamp: 9, audioLevel: 1 }, { source: 1, timestamp: 4, audioLevel: 0 }], 0);
  assert.equal(levels.get(1), 1);
});

test('loudness runs in decibels from nothing to all', () => {
  assert.equal(loudness(0), 0);
  assert.equal(loudness(NaN), 0);
  assert.equal(loudness(0.001), 0);
  assert.equal(loudness(1), 1);
  assert.ok(Math.abs(loudness(10 ** (-31 / 20)) - 0.5) < 1e-9);
});
