/**
 * How well the audio gets through, from two readings of `RTCPeerConnection.getStats()`.
 * @module
 */

/** @typedef {import('../sfu-client.js').Quality} Quality */

/**
 * @typedef {object} Reading Sums since the connection began.
 * @property {number} received Packets over all slots.
 * @property {number} lost Packets over all slots.
 * @property {number} samples Played, over all slots.
 * @property {number} concealed Samples that were made up where sound was expected; silence that was made up is not counted.
 * @property {number} jitterMs The worst slot that plays.
 * @property {number | null} rttMs Of the path, from connectivity checks.
 * @property {number | null} uplinkLoss 0..1 as the server's receiver reports say; null while nothing is sent.
 * @property {number} redundant Packets over all slots that came along in others, as RED (RFC 2198) or in-band FEC has it.
 * @property {boolean} isRed The slots come as RED, as the server says.
 * @property {number} nacks Packets that the browser has asked for again, over all slots.
 * @property {Quality['transport']} transport
 */

/** From this share of packets with an earlier one in them on, that is no chance. */
const LEAST_REDUNDANT = 0.25;

/** Below these it is good, below twice to three times of these fair; see {@link rate}. */
const GOOD = { loss: 0.02, jitterMs: 30, rttMs: 300, concealed: 0.02 };
const FAIR = { loss: 0.08, jitterMs: 80, rttMs: 700, concealed: 0.06 };

/**
 * @param {Iterable<any>} stats The values of an `RTCStatsReport`.
 * @param {boolean} isRed Browsers do not tell.
 * @returns {Reading}
 */
export function read(stats, isRed = false) {
  /** @type {Reading} */
  const reading = {
    received: 0, lost: 0, samples: 0, concealed: 0, jitterMs: 0, rttMs: null, uplinkLoss: null, redundant: 0, isRed, nacks: 0, transport: null,
  };
  const entries = [...stats];
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  for (const entry of entries) {
    if (entry.type === 'inbound-rtp') addSlot(reading, entry);
    else if (entry.type === 'candidate-pair') addPath(reading, entry, byId.get(entry.localCandidateId));
    else if (entry.type === 'remote-inbound-rtp') reading.uplinkLoss = entry.fractionLost ?? null;
  }
  return reading;
}

/**
 * @param {Reading | null} before
 * @param {Reading} now
 * @returns {Omit<Quality, 'rating'>} Over the time between the two.
 */
export function measure(before, now) {
  const received = now.received - (before?.received ?? 0);
  const lost = Math.max(0, now.lost - (before?.lost ?? 0));
  const samples = now.samples - (before?.samples ?? 0);
  const concealed = Math.max(0, now.concealed - (before?.concealed ?? 0));
  // Nothing came in because nobody spoke: what was made up meanwhile says nothing about the network.
  const heard = received > 0;
  return {
    loss: lost > 0 ? lost / (lost + Math.max(0, received)) : 0,
    uplinkLoss: now.uplinkLoss,
    jitterMs: heard ? now.jitterMs : 0,
    rttMs: now.rttMs,
    concealed: heard && samples > 0 ? concealed / samples : 0,
    transport: now.transport,
    protection: heard ? protectionOf(before, now) : null,
  };
}

/**
 * @param {Omit<Quality, 'rating'>} measured
 * @returns {Quality['rating']} That of the worst part.
 */
export function rate(measured) {
  if (!isBelow(measured, FAIR)) return 'poor';
  return isBelow(measured, GOOD) ? 'good' : 'fair';
}

/**
 * @param {Omit<Quality, 'rating'>} measured
 * @param {typeof GOOD} limit
 */
function isBelow({ loss, uplinkLoss, jitterMs, rttMs, concealed }, limit) {
  return loss < limit.loss
    && (uplinkLoss ?? 0) < limit.loss
    && jitterMs < limit.jitterMs
    && (rttMs ?? 0) < limit.rttMs
    && concealed < limit.concealed;
}

/**
 * @param {Reading | null} before
 * @param {Reading} now
 * @returns {Quality['protection']}
 */
function protectionOf(before, now) {
  const since = (/** @type {'received' | 'redundant' | 'nacks'} */ name) => now[name] - (before?.[name] ?? 0);
  if (now.isRed || since('redundant') >= since('received') * LEAST_REDUNDANT) return 'redundancy';
  return since('nacks') > 0 ? 'retransmission' : 'none';
}

/**
 * @param {Reading} reading
 * @param {any} entry
 */
function addSlot(reading, entry) {
  const samples = entry.totalSamplesReceived ?? 0;
  reading.received += entry.packetsReceived ?? 0;
  reading.lost += entry.packetsLost ?? 0;
  reading.samples += samples;
  reading.concealed += Math.max(0, (entry.concealedSamples ?? 0) - (entry.silentConcealedSamples ?? 0));
  reading.redundant += entry.fecPacketsReceived ?? 0;
  reading.nacks += entry.nackCount ?? 0;
  if (entry.packetsReceived > 0) reading.jitterMs = Math.max(reading.jitterMs, (entry.jitter ?? 0) * 1000);
}

/**
 * @param {Reading} reading
 * @param {any} entry
 * @param {any} candidate Ours.
 */
function addPath(reading, entry, candidate) {
  // Firefox says `selected`, the others `nominated`.
  if (entry.state !== 'succeeded' || !(entry.selected ?? entry.nominated)) return;
  if (entry.currentRoundTripTime !== undefined) reading.rttMs = entry.currentRoundTripTime * 1000;
  reading.transport = candidate?.candidateType === 'relay' ? 'relay' : candidate?.protocol ?? null;
}
