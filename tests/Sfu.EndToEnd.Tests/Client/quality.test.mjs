import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measure, rate, read } from '../../../src/Sfu.Signalling/wwwroot/sfu-client/quality.js';

const perfect = { loss: 0, uplinkLoss: null, jitterMs: 2, rttMs: 20, concealed: 0 };
const reading = (more) => ({ received: 0, lost: 0, samples: 0, concealed: 0, jitterMs: 0, rttMs: null, uplinkLoss: null, ...more });

test('the slots are added up, the worst jitter counts, the path is the selected one', () => {
  const slot = { type: 'inbound-rtp', packetsReceived: 50, packetsLost: 1, totalSamplesReceived: 48000, concealedSamples: 900, silentConcealedSamples: 800, jitter: 0.004 };
  const stats = [
    slot,
    { ...slot, jitter: 0.012 },
    { type: 'candidate-pair', state: 'succeeded', nominated: true, currentRoundTripTime: 0.05 },
    { type: 'candidate-pair', state: 'failed', nominated: true, currentRoundTripTime: 9 },
    { type: 'remote-inbound-rtp', fractionLost: 0.25 },
  ];
  assert.deepEqual(read(stats), { received: 100, lost: 2, samples: 96000, concealed: 200, jitterMs: 12, rttMs: 50, uplinkLoss: 0.25 });
});

test('ratios are those of the time between two readings', () => {
  const before = reading({ received: 100, lost: 50, samples: 1000, concealed: 500 });
  const now = reading({ received: 190, lost: 60, samples: 2000, concealed: 600, jitterMs: 5 });
  assert.deepEqual(measure(before, now), { loss: 0.1, uplinkLoss: null, jitterMs: 5, rttMs: null, concealed: 0.1 });
});

test('silence is not concealment', () => {
  const now = reading({ samples: 48000, concealed: 48000, jitterMs: 99 });
  assert.deepEqual(measure(reading(), now), { loss: 0, uplinkLoss: null, jitterMs: 0, rttMs: null, concealed: 0 });
});

test('a loss that is taken back by a late packet is no negative loss', () => {
  assert.equal(measure(reading({ lost: 5 }), reading({ lost: 4, received: 10 })).loss, 0);
});

test('the worst part makes the rating', () => {
  assert.equal(rate(perfect), 'good');
  for (const [part, fair, poor] of [
    ['loss', 0.03, 0.1], ['uplinkLoss', 0.03, 0.1], ['jitterMs', 40, 100], ['rttMs', 400, 900], ['concealed', 0.03, 0.1],
  ]) {
    assert.equal(rate({ ...perfect, [part]: fair }), 'fair', part);
    assert.equal(rate({ ...perfect, [part]: poor }), 'poor', part);
  }
});
