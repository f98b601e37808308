import { SfuError } from '../sfu-client.js';

/**
 * @typedef {object} LiveRoom
 * @property {string} name
 * @property {string} title May be empty.
 * @property {string[]} tags `topic` or `topic/subtopic`.
 * @property {string} profile
 * @property {string} visibility
 * @property {string | null} opensAt RFC 3339.
 * @property {string[]} stage Names.
 * @property {number} audience
 */

/**
 * Only a server without configured keys has it.
 * @param {{ room: string, name: string, role: string, identity?: string }} who
 * @returns {Promise<{ token: string, identity: string }>}
 */
export function fetchToken(who) {
  return post('/dev/token', who, 'no-tokens');
}

/**
 * @param {{ name: string, title: string, [setting: string]: unknown }} room
 * @returns {Promise<LiveRoom>}
 */
export function createRoom(room) {
  return post('/dev/rooms', room, 'no-rooms');
}

/** @returns {Promise<LiveRoom[] | null>} Null when this server tells nobody. */
export async function fetchRooms() {
  const response = await fetch('/dev/rooms', { cache: 'no-store' });
  if (response.status === 404) return null;
  if (!response.ok) throw new SfuError('unreachable', '');
  return response.json();
}

/**
 * @param {string} path
 * @param {object} body
 * @param {string} absent Code of the error when this server has no such place.
 */
async function post(path, body, absent) {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => null);
  if (response === null) throw new SfuError('unreachable', '');
  if (response.status === 404) throw new SfuError(absent, '', { status: 404 });
  if (response.ok) return response.json();
  throw new SfuError('refused', await response.text().catch(() => ''), { status: response.status });
}
