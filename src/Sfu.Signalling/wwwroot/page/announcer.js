import { get } from './dom.js';

/** @typedef {import('../sfu-client.js').Roster} Roster */
/** @typedef {import('../sfu-client.js').Member} Member */

/** Tells in words what changed in the room, for those who do not see it. */
export class Announcer {
  /** @type {Roster | null} */
  #known = null;

  clear() {
    this.#known = null;
    get('announcer').textContent = '';
  }

  /** @param {Roster} roster */
  follow(roster) {
    const words = this.#known === null ? [] : changes(this.#known, roster);
    this.#known = roster;
    if (words.length > 0) get('announcer').textContent = words.join(' ');
  }
}

/**
 * @param {Roster} before
 * @param {Roster} now
 * @returns {string[]} A sentence each.
 */
export function changes(before, now) {
  const own = now.self?.id;
  const say = (/** @type {Member} */ member, /** @type {string} */ what) =>
    member.id === own ? `You ${what}.` : `${member.name || member.identity} ${what}.`;
  const was = before.self;
  const is = now.self;
  return [
    ...without(now.stage, before.stage).map((member) => say(member, 'took the stage')),
    ...without(before.stage, now.stage).map((member) => say(member, 'left the stage')),
    ...without(now.hands, before.hands).map((hand) => `${hand.name || hand.identity} raised a hand${hand.note ? `: ${hand.note}` : ''}.`),
    ...(is?.muteLocked && !was?.muteLocked ? ['A moderator muted you.'] : []),
    ...(was?.muteLocked && is && !is.muteLocked ? ['You may open your microphone again.'] : []),
    ...(is?.role === 'moderator' && was !== null && was.role !== 'moderator' ? ['You moderate this room now.'] : []),
  ];
}

/**
 * @template {{ id: string }} T
 * @param {readonly T[]} all
 * @param {readonly T[]} some
 */
function without(all, some) {
  return all.filter((one) => some.every((other) => other.id !== one.id));
}
