/**
 * Who is in the room, as a pure function of what the server said. Revisions grow and have gaps: events that are for
 * others count too.
 * @module
 */

/** @typedef {import('../sfu-client.js').Roster} Roster */
/** @typedef {import('../sfu-client.js').Member} Member */
/** @typedef {import('../sfu-client.js').Hand} Hand */

/** @type {Roster} */
export const emptyRoster = Object.freeze({
  room: '', revision: 0, slots: 0, settings: null, stage: [], audience: 0, hands: [], invited: [], heard: { slots: [], dominant: null }, self: null,
});

/** By type of the event: what it changes. @type {Record<string, (roster: Roster, message: any) => Partial<Roster>>} */
const CHANGES = {
  'stage.joined': ({ stage }, { member }) => ({ stage: put(stage, member) }),
  'stage.changed': ({ stage }, { member }) => ({ stage: put(stage, member) }),
  'stage.left': ({ stage }, { id }) => ({ stage: without(stage, id) }),
  'audience': (_, { count }) => ({ audience: count }),
  'speakers': (_, { slots, dominant = null }) => ({ heard: { slots, dominant } }),
  'room.updated': (_, { settings }) => ({ settings }),
  'hand.raised': (roster, { hand }) => (moderates(roster) ? { hands: put(roster.hands, hand) } : {}),
  'hand.lowered': ({ hands }, { id }) => ({ hands: without(hands, id) }),
  'invited': (roster, { id }) => (moderates(roster) ? { invited: [...roster.invited.filter((other) => other !== id), id] } : {}),
  'invitation.ended': ({ invited }, { id }) => ({ invited: invited.filter((other) => other !== id) }),
};

/**
 * @param {Roster} roster What was known.
 * @param {any} message One message of the server.
 * @returns {Roster} The same object when the message changes nothing: of another kind, or already known by its revision.
 */
export function reduce(roster, message) {
  if (message.type === 'welcome') return fromWelcome(message);
  if (message.type === 'self') return withSelf(roster, message.self);
  if (message.type === 'hands') return { ...roster, hands: withListed(roster.hands, message.hands) };
  if (!Object.hasOwn(CHANGES, message.type) || message.revision <= roster.revision) return roster;
  return { ...roster, revision: message.revision, ...CHANGES[message.type](roster, message) };
}

/**
 * @param {Roster} roster
 * @param {number} csrc As RTP names a speaker.
 * @returns {Member | undefined}
 */
export function memberByCsrc(roster, csrc) {
  return roster.stage.find((member) => member.csrc === csrc);
}

/** @param {Roster} roster */
export function moderates({ self }) {
  return self?.role === 'moderator';
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
    settings: room.settings ?? null,
    stage: [...room.stage],
    audience: room.audience,
    hands: [...(room.hands ?? [])],
    invited: [],
    heard: { slots: [...(room.speakers?.slots ?? [])], dominant: room.speakers?.dominant ?? null },
    self: { ...self },
  };
}

/**
 * Hands are for moderators: who is none any more sees none.
 * @param {Roster} roster
 * @param {any} news
 * @returns {Roster}
 */
function withSelf(roster, news) {
  const changed = { ...roster, self: { ...roster.self, ...news } };
  return moderates(changed) ? changed : { ...changed, hands: [], invited: [] };
}

/**
 * A list that was asked for, and what rose while it was on its way.
 * @param {readonly Hand[]} hands
 * @param {Hand[]} listed
 */
function withListed(hands, listed) {
  const newest = Math.max(0, ...listed.map((hand) => hand.number));
  return [...listed, ...hands.filter((hand) => hand.number > newest)];
}

/**
 * In the place of the one before, else at the end.
 * @template {{ id: string }} T
 * @param {readonly T[]} all
 * @param {T} one
 */
function put(all, one) {
  const isNew = all.every((other) => other.id !== one.id);
  return isNew ? [...all, one] : all.map((other) => (other.id === one.id ? one : other));
}

/**
 * @template {{ id: string }} T
 * @param {readonly T[]} all
 * @param {string} id
 */
function without(all, id) {
  return all.filter((one) => one.id !== id);
}
