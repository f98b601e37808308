import { SfuError } from '../sfu-client.js';

/** @typedef {{ name: string, stage: { identity: string, name: string }[], onStage: number, audience: number }} LiveRoom */

/**
 * Only a server without configured keys has it.
 * @param {{ room: string, name: string, role: string, identity?: string }} who
 * @returns {Promise<{ token: string, identity: string }>}
 */
export async function fetchToken(who) {
  const response = await fetch('/dev/token', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(who),
  }).catch(() => null);
  if (response === null) throw new SfuError('unreachable', '');
  if (response.status === 404) throw new SfuError('no-tokens', '', { status: 404 });
  if (response.ok) return response.json();
  const error = await response.json().catch(() => ({}));
  throw new SfuError(error.code ?? 'token-refused', error.message ?? '', { status: response.status });
}

/** @returns {Promise<LiveRoom[] | null>} Null when this server tells nobody. */
export async function fetchRooms() {
  const response = await fetch('/dev/rooms', { cache: 'no-store' });
  if (response.status === 404) return null;
  if (!response.ok) throw new SfuError('unreachable', '');
  const { rooms } = await response.json();
  return rooms.map(toRoom);
}

/** @param {any} room */
function toRoom({ name, stage, audience }) {
  return { name, stage, onStage: stage.length, audience };
}
