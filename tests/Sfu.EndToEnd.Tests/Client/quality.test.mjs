import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measure, rate, read } from '../../../src/Sfu.Signalling/wwwroot/sfu-client/quality.js';

const perfect = { loss: 0, uplinkLoss: null, jitterMs: 2, rttMs: 20, concealed: 0, transport: 'udp', protection: 'none' };
const reading = (more) => ({
  received: 0, lost: 0, samples: 0, concealed: 0, jitterMs: 0, rttMs: null, uplinkLoss: null, redundant: 0, isRed: false, nacks: 0, transport: 'udp', ...more,
});

test('the slots are added up, the worst jitter counts, the path is the selected one', () => {
  const slot = { type: 'inbound-rtp', packetsReceived: 50, packetsLost: 1, totalSamplesReceived: 48000, concealedSamples: 900, silentConcealedSamples: 800, jitter: 0.004 };
  const stats = [
    slot,
    { ...slot, jitter: 0.012 },
    { type: 'candidate-pair', state: 'succeeded', nominated: true, currentRoundTripTime: 0.05 },
    { type: 'candidate-pair', state: 'failed', nominated: true, currentRoundTripTime: 9 },
    { type: 'remote-inbound-rtp', fractionLost: 0.25 },
  ];
  assert.deepEqual(read(stats), {
    received: 100, lost: 2, samples: 96000, concealed: 200, jitterMs: 12, rttMs: 50, uplinkLoss: 0.25, redundant: 0, isRed: false, nacks: 0, transport: null,
  });
});

test('ratios are those of the time between two readings', () => {
  const before = reading({ received: 100, lost: 50, samples: 1000, concealed: 500 });
  const now = reading({ received: 190, lost: 60, samples: 2000, concealed: 600, jitterMs: 5 });
  assert.deepEqual(measure(before, now), { loss: 0.1, uplinkLoss: null, jitterMs: 5, rttMs: null, concealed: 0.1, transport: 'udp', protection: 'none' });
});

test('silence is not concealment', () => {
  const now = reading({ samples: 48000, concealed: 48000, jitterMs: 99 });
  assert.deepEqual(measure(reading(), now), { loss: 0, uplinkLoss: null, jitterMs: 0, rttMs: null, concealed: 0, transport: 'udp', protection: null });
});

test('the way that the audio takes is that of our candidate in the selected pair', () => {
  const by = (candidate) => read([
    { id: 'L', type: 'local-candidate', ...candidate },
    { id: 'M', type: 'local-candidate', candidateType: 'host', protocol: 'udp' },
    { type: 'candidate-pair', state: 'succeeded', nominated: true, localCandidateId: 'L' },
    { type: 'candidate-pair', state: 'succeeded', nominated: false, localCandidateId: 'M' },
  ]).transport;
  assert.equal(by({ candidateType: 'host', protocol: 'udp' }), 'udp');
  assert.equal(by({ candidateType: 'prflx', protocol: 'tcp' }), 'tcp');
  assert.equal(by({ candidateType: 'relay', protocol: 'udp', relayProtocol: 'tls' }), 'relay');
});

test('packets that come along in others are protection, and so is RED, of which the server tells, and what is asked for again', () => {
  const protection = (before, now) => measure(reading(before), reading(now)).protection;
  assert.equal(protection({ received: 100, redundant: 100 }, { received: 150, redundant: 100 }), 'none');
  assert.equal(protection({ received: 100 }, { received: 150, redundant: 49 }), 'redundancy');
  assert.equal(protection({ received: 100 }, { received: 150, redundant: 2 }), 'none');
  assert.equal(protection({}, { received: 50, isRed: true }), 'redundancy');
  assert.equal(protection({ received: 100, nacks: 3 }, { received: 150, nacks: 4 }), 'retransmission');
  assert.equal(protection({ received: 100, nacks: 4 }, { received: 150, nacks: 4 }), 'none');
  const slot = { type: 'inbound-rtp', packetsReceived: 50, fecPacketsReceived: 40, nackCount: 2 };
  const { redundant, isRed, nacks } = read([slot, slot], true);
  assert.deepEqual({ redundant, isRed, nacks }, { redundant: 80, isRed: true, nacks: 4 });
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
