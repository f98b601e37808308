/**
 * What the page says, in words for people.
 * @module
 */

/** By code of an error or reason of an end; whatever is not here is told with the message that came along. */
const SENTENCES = new Map(Object.entries({
  'unreachable': 'The server cannot be reached. Check your connection and try again.',
  'disconnected': 'There is no connection to the server just now. Try again in a moment.',
  'no-answer': 'The server did not answer. Try again in a moment.',
  'no-tokens': 'This server gives access by tokens only. Paste yours.',
  'microphone-denied': 'Your browser does not allow the microphone. Allow it next to the address, then try again.',
  'microphone-missing': 'No microphone was found. Plug one in, then try again.',
  'microphone-busy': 'The microphone cannot be opened. Another program may be using it.',
  'microphone-insecure': 'Browsers open the microphone on https pages only. You can still listen.',
  'microphone-failed': 'The microphone cannot be opened.',
  'microphone-lost': 'The microphone is gone, so you left the stage.',
  'media-setup': 'The audio could not be set up. Leave and come in again.',
  'media-failed': 'The audio connection cannot be set up, so you left the room.',
  'fingerprint-mismatch': 'The audio connection was not the one that was agreed on, so it was ended.',
  'role-forbids-closing': 'Only a moderator can close the room.',
  'role-forbids-stage': 'You are here as a listener; the stage is for speakers.',
  'room-full': 'The room is full.',
  'unavailable': 'The server is busy or stopping. Try again in a moment.',
  'token-expired': 'Your access has expired. Get a new token.',
  'token-wrong-room': 'Your token opens another room.',
  'rate-limited': 'That was too much at once. Wait a moment.',
  'replaced': 'You came into this room from somewhere else, so this page left it.',
  'resumed-elsewhere': 'This visit goes on in another place, so this page left it.',
  'room-closed': 'The room was closed.',
  'timed-out': 'The server heard nothing from you for too long.',
  'server-stopping': 'The server stopped.',
}));

/**
 * @param {{ code?: string, reason?: string, message?: string }} problem
 * @returns {string}
 */
export function explain({ code, reason, message }) {
  const key = code ?? reason ?? '';
  if (key.startsWith('token-') && !SENTENCES.has(key)) return 'The server does not accept your token.';
  return SENTENCES.get(key) ?? (message || 'Something went wrong.');
}

const RATINGS = { good: 'Good connection', fair: 'Fair connection', poor: 'Poor connection' };

/**
 * @param {import('../sfu-client.js').Quality} quality
 * @returns {string[]} A headline and what is behind it.
 */
export function qualityWords({ rating, rttMs, loss, uplinkLoss, jitterMs, concealed }) {
  const lines = [RATINGS[rating]];
  if (rttMs !== null) lines.push(`${Math.round(rttMs)} ms there and back`);
  lines.push(`${percent(loss)} of packets lost`);
  if (uplinkLoss !== null) lines.push(`${percent(uplinkLoss)} of yours lost`);
  lines.push(`${Math.round(jitterMs)} ms jitter`, `${percent(concealed)} of the sound filled in`);
  return lines;
}

/**
 * @param {number} audience
 * @param {boolean} isListening
 */
export function hallWords(audience, isListening) {
  if (audience === 0) return 'Nobody is listening yet';
  if (!isListening) return audience === 1 ? '1 person is listening' : `${count(audience)} people are listening`;
  if (audience === 1) return 'You are the only listener';
  return `You and ${count(audience - 1)} ${audience === 2 ? 'other' : 'others'} are listening`;
}

/**
 * @param {number} onStage
 * @param {number} audience
 */
export function roomWords(onStage, audience) {
  return `${count(onStage)} on stage · ${count(audience)} listening`;
}

/**
 * @param {import('../sfu-client.js').StateDetail} state
 * @returns {string} Empty when all is well.
 */
export function stateWords({ state, signalling, media }) {
  if (state === 'connecting')
    return media === 'disconnected' ? 'The audio does not get through yet. Your network may block it; still trying.' : 'Setting up the audio';
  if (state !== 'reconnecting') return '';
  if (media !== 'connected') return 'The audio is interrupted. Looking for a new way';
  return signalling === 'open' ? '' : 'Connection lost. Reconnecting, the audio goes on meanwhile';
}

/** @param {number} ratio */
function percent(ratio) {
  return `${(ratio * 100).toFixed(1)} %`;
}

/** @param {number} number */
function count(number) {
  return number.toLocaleString('en');
}
