/**
 * Who is in the room, as a pure function of what the server said.
 * @module
 */

/** @typedef {import('../sfu-client.js').Roster} Roster */
/** @typedef {import('../sfu-client.js').Member} Member */

/** @type {Roster} */
export const emptyRoster = Object.freeze({ room: '', revision: 0, slots: 0, stage: [], audience: 0, self: null });

/**
 * @param {Roster} roster What was known.
 * @param {any} message One message of the server.
 * @returns {Roster} The same object when the message changes nothing: of another kind, or already known by its revision.
 */
export function reduce(roster, message) {
  switch (message.type) {
    case 'welcome':
      return fromWelcome(message);
    case 'self':
      return { ...roster, self: { ...roster.self, ...message.self } };
    case 'stage.joined':
    case 'stage.changed':
      return isKnown(roster, message) ? roster : withMember(roster, message.member, message.revision);
    case 'stage.left':
      return isKnown(roster, message) ? roster : withoutMember(roster, message.id, message.revision);
    case 'audience':
      return isKnown(roster, message) ? roster : { ...roster, revision: message.revision, audience: message.count };
    default:
      return roster;
  }
}

/**
 * @param {Roster} roster
 * @param {number} csrc As RTP names a speaker.
 * @returns {Member | undefined}
 */
export function memberByCsrc(roster, csrc) {
  return roster.stage.find((member) => member.csrc === csrc);
}

/**
 * @param {any} message
 * @returns {Roster}
 */
function fromWelcome({ room, self }) {
  return {
    room: room.name,
    revision: room.revision,
    slots: room.slots,
    stage: [...room.stage],
    audience: room.audience,
    self: { ...self },
  };
}

/**
 * @param {Roster} roster
 * @param {{ revision: number }} message
 */
function isKnown(roster, message) {
  return message.revision <= roster.revision;
}

/**
 * @param {Roster} roster
 * @param {Member} member
 * @param {number} revision
 * @returns {Roster}
 */
function withMember(roster, member, revision) {
  const isNew = roster.stage.every((other) => other.id !== member.id);
  const stage = roster.stage.map((other) => (other.id === member.id ? member : other));
  return { ...roster, revision, stage: isNew ? [...stage, member] : stage };
}

/**
 * @param {Roster} roster
 * @param {string} id
 * @param {number} revision
 * @returns {Roster}
 */
function withoutMember(roster, id, revision) {
  return { ...roster, revision, stage: roster.stage.filter((member) => member.id !== id) };
}
