/** @typedef {import('../sfu-client.js').Moderation} Moderation */
/** @typedef {import('../sfu-client.js').Roster} Roster */

/** @typedef {{ id: string, identity: string, name: string, role: string, onStage: boolean, muteLocked?: boolean, hearing?: import('../sfu-client.js').Member['hearing'] }} Person */

/**
 * @typedef {object} Action
 * @property {Moderation | 'invite' | 'message'} act
 * @property {string} words
 * @property {boolean} [ban]
 * @property {boolean} [danger] Asked twice.
 */

/**
 * What one may do with somebody in the room.
 * @param {Person} person
 * @param {Roster} roster As one sees it oneself.
 * @returns {Action[]}
 */
export function actionsFor({ id, role, onStage, muteLocked, hearing }, { self, invited }) {
  if (self === null || id === self.id) return [];
  /** @type {Action[]} */
  const actions = [{ act: 'message', words: 'Write a message' }];
  if (self.role !== 'moderator') return actions;
  if (onStage) {
    actions.push(muteLocked ? { act: 'allow-microphone', words: 'Allow the microphone' } : { act: 'mute', words: 'Mute' });
    if (hearing !== 'pinned') actions.push({ act: 'pin', words: 'Keep always heard' });
    if (hearing !== 'excluded') actions.push({ act: 'exclude', words: 'Keep unheard' });
    if (hearing) actions.push({ act: 'hear-by-voice', words: 'Hear when speaking' });
    actions.push({ act: 'move-to-audience', words: 'Move to the audience' });
  } else {
    actions.push(invited.includes(id) ? { act: 'withdraw-invitation', words: 'Take the invitation back' } : { act: 'invite', words: 'Invite to the stage' });
  }
  actions.push(role === 'moderator' ? { act: 'make-speaker', words: 'Make a speaker' } : { act: 'make-moderator', words: 'Make a moderator' });
  actions.push({ act: 'hand-over', words: 'Hand the room over', danger: true });
  actions.push({ act: 'remove', words: 'Remove from the room' });
  actions.push({ act: 'remove', words: 'Remove and ban', ban: true, danger: true });
  return actions;
}
