import { SfuError } from '../sfu-client.js';

/** @typedef {{ name: string, stage: string[], audience: number }} LiveRoom `stage`: names. */

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
  throw new SfuError('refused', await response.text().catch(() => ''), { status: response.status });
}

/** @returns {Promise<LiveRoom[] | null>} Null when this server tells nobody. */
export async function fetchRooms() {
  const response = await fetch('/dev/rooms', { cache: 'no-store' });
  if (response.status === 404) return null;
  if (!response.ok) throw new SfuError('unreachable', '');
  return response.json();
}
