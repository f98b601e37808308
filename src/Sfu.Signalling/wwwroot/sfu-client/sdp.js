/**
 * What the client changes in an SDP answer before it becomes the local description.
 * @module
 */

const RTPMAP_OPUS = /^a=rtpmap:(\d+) opus\/48000/i;

/**
 * Puts `a=rtcp-fb:<opus> nack` into every audio section whose offer had it and whose answer has not: Chromium asks
 * for retransmissions of Opus when told to, but never says so by itself.
 * @param {string} offer The remote description.
 * @param {string} answer What `createAnswer()` returned.
 * @returns {string} The answer, changed or not; line ends stay as they are.
 */
export function restoreOpusNack(offer, answer) {
  const end = answer.includes('\r\n') ? '\r\n' : '\n';
  const offered = new Set(sections(offer).filter(offersNack).map(mid));
  return sections(answer)
    .map((lines) => (offered.has(mid(lines)) ? withNack(lines) : lines))
    .flat()
    .join(end) + end;
}

/**
 * Puts `stereo=1` into every audio section whose offer had it and whose answer has not (RFC 7587 7.1): browsers send
 * stereo when the other side says that it listens in stereo, but play mono unless they say the same themselves.
 * @param {string} offer The remote description.
 * @param {string} answer What `createAnswer()` returned.
 * @returns {string} The answer, changed or not.
 */
export function acceptStereo(offer, answer) {
  const end = answer.includes('\r\n') ? '\r\n' : '\n';
  const offered = new Set(sections(offer).filter((lines) => isStereo(opusParameters(lines))).map(mid));
  return sections(answer)
    .map((lines) => (offered.has(mid(lines)) ? withStereo(lines) : lines))
    .flat()
    .join(end) + end;
}

/** @param {string[]} lines */
function opusParameters(lines) {
  const type = opusPayloadType(lines);
  return lines.find((line) => line.startsWith(`a=fmtp:${type} `));
}

/** @param {string | undefined} parameters */
function isStereo(parameters) {
  return parameters !== undefined && /[ ;]stereo=1\b/.test(parameters);
}

/** @param {string[]} lines */
function withStereo(lines) {
  const parameters = opusParameters(lines);
  return parameters === undefined || isStereo(parameters) ? lines : lines.map((line) => (line === parameters ? `${line};stereo=1` : line));
}

/**
 * @param {string} sdp
 * @returns {string[][]} The lines of the session part, then those of each m-line; no empty lines.
 */
function sections(sdp) {
  /** @type {string[][]} */
  const found = [[]];
  for (const line of sdp.split(/\r?\n/)) {
    if (line === '') continue;
    if (line.startsWith('m=')) found.push([]);
    found[found.length - 1].push(line);
  }
  return found;
}

/** @param {string[]} lines */
function mid(lines) {
  return lines.find((line) => line.startsWith('a=mid:'));
}

/** @param {string[]} lines */
function opusPayloadType(lines) {
  if (!lines[0]?.startsWith('m=audio ')) return undefined;
  return lines.map((line) => RTPMAP_OPUS.exec(line)?.[1]).find((type) => type !== undefined);
}

/**
 * @param {string[]} lines
 * @param {string} type
 */
function hasNack(lines, type) {
  return lines.includes(`a=rtcp-fb:${type} nack`) || lines.includes('a=rtcp-fb:* nack');
}

/** @param {string[]} lines */
function offersNack(lines) {
  const type = opusPayloadType(lines);
  return type !== undefined && hasNack(lines, type);
}

/** @param {string[]} lines */
function withNack(lines) {
  const type = opusPayloadType(lines);
  const rejected = /^m=audio 0 /.test(lines[0] ?? '') && !lines.includes('a=bundle-only');
  if (type === undefined || rejected || hasNack(lines, type)) return lines;
  const at = lines.findIndex((line) => line.startsWith(`a=rtpmap:${type} `));
  return [...lines.slice(0, at + 1), `a=rtcp-fb:${type} nack`, ...lines.slice(at + 1)];
}
