/** @typedef {import('../sfu-client.js').Moderation} Moderation */

/** What people in a room ask of it, one message each; every call rejects with the server's error. */
export class RoomRequests extends EventTarget {
  #request;

  /** @param {(message: object) => Promise<any>} request Sends it and waits for what answers it. */
  constructor(request) {
    super();
    this.#request = request;
  }

  /** @param {string} [note] What one wants to say, 0..200 characters. A hand that is up keeps its place. */
  async raiseHand(note = '') {
    await this.#request({ type: 'raise-hand', note });
  }

  async lowerHand() {
    await this.#request({ type: 'lower-hand' });
  }

  async declineInvitation() {
    await this.#request({ type: 'decline-invitation' });
  }

  /** @param {...string} ids Of people who listen; for moderators. */
  async invite(...ids) {
    await this.#request({ type: 'invite', participants: ids });
  }

  /**
   * @param {Moderation} action
   * @param {string} id Of the one whom it is about; for moderators.
   * @param {{ ban?: boolean }} [more] `ban`, with `remove`: refused from now on.
   */
  async moderate(action, id, { ban = false } = {}) {
    await this.#request({ type: 'moderate', action, participant: id, ...(ban && { ban }) });
  }

  /**
   * @param {string} text 1..2,000 characters.
   * @param {{ to?: string, topic?: string }} [more] `to`: `room`, `stage` or somebody's id.
   */
  async sendMessage(text, { to = 'room', topic = '' } = {}) {
    await this.#request({ type: 'message', to, topic, text });
  }

  /** @param {string} reaction Such as an emoji, 1..16 characters. */
  async react(reaction) {
    await this.#request({ type: 'react', reaction });
  }

  /**
   * One page of those who listen, in the order of their names.
   * @param {{ prefix?: string, from?: string, size?: number }} [page] `from`: `next` of the page before; `size`: 1..200.
   * @returns {Promise<import('../sfu-client.js').AudiencePage>}
   */
  async listAudience({ prefix, from, size } = {}) {
    const { listeners, next } = await this.#request({ type: 'list-audience', prefix, from, size });
    return { listeners, next };
  }

  /** @param {{ title?: string, hands?: import('../sfu-client.js').HandPolicy }} changes For moderators; what is left out stays. */
  async updateRoom({ title, hands }) {
    await this.#request({ type: 'update-room', title, hands });
  }

  /**
   * @param {number} [uses] How many people it lets in; for moderators.
   * @returns {Promise<string>} Opens a private room.
   */
  async addInviteCode(uses = 1) {
    return (await this.#request({ type: 'add-invite-code', uses })).code;
  }
}
