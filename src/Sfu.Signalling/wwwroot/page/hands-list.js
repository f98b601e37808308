import { attempt } from './attempt.js';
import { paintAvatar } from './avatar.js';
import { clone, find, get } from './dom.js';

/** @typedef {import('../sfu-client.js').Hand} Hand */

/** As many as the server takes at once. */
const GROUP = 64;

/** The hands that are up, for moderators, in the order in which they rose. */
export class HandsList {
  #list = get('hands');
  /** By id of the stay. @type {Map<string, { hand: Hand, isInvited: boolean, item: HTMLElement }>} */
  #shown = new Map();
  #client;

  /** @param {import('../sfu-client.js').SfuClient} client */
  constructor(client) {
    this.#client = client;
    get('invite-all').addEventListener('click', () => attempt(get('invite-all'), () => client.invite(...this.#waiting().slice(0, GROUP))));
  }

  /** @param {import('../sfu-client.js').Roster} roster */
  show({ hands, invited }) {
    for (const [id, { item }] of this.#shown) {
      if (hands.some((hand) => hand.id === id)) continue;
      item.remove();
      this.#shown.delete(id);
    }
    for (const [index, hand] of hands.entries()) {
      const item = this.#show(hand, invited.includes(hand.id));
      // What stays where it is keeps its focus, and the click that is under way.
      if (this.#list.children[index] !== item) this.#list.insertBefore(item, this.#list.children[index] ?? null);
    }
    get('no-hands').hidden = hands.length > 0;
  }

  get canInviteAll() {
    return this.#waiting().length > 1;
  }

  /** Those who are not asked yet. */
  #waiting() {
    const { hands, invited } = this.#client.roster;
    return hands.map((hand) => hand.id).filter((id) => !invited.includes(id));
  }

  /**
   * @param {Hand} hand
   * @param {boolean} isInvited
   */
  #show(hand, isInvited) {
    const shown = this.#shown.get(hand.id);
    if (shown?.hand === hand && shown.isInvited === isInvited) return shown.item;
    const item = this.#item(hand, isInvited);
    this.#shown.set(hand.id, { hand, isInvited, item });
    const hadFocus = shown?.item.contains(document.activeElement);
    shown?.item.replaceWith(item);
    if (hadFocus) find(item, '.invite').focus();
    return item;
  }

  /**
   * @param {Hand} hand
   * @param {boolean} isInvited
   */
  #item(hand, isInvited) {
    const item = clone('hand-item');
    const name = hand.name || hand.identity;
    item.dataset.id = hand.id;
    paintAvatar(find(item, '.avatar'), hand);
    find(item, '.person-name').textContent = name;
    find(item, '.person-note').textContent = hand.note;
    const invite = find(item, '.invite');
    invite.textContent = isInvited ? 'Asked' : 'Invite';
    invite.setAttribute('aria-label', isInvited ? `Take the invitation of ${name} back` : `Invite ${name} to the stage`);
    invite.setAttribute('aria-pressed', String(isInvited));
    invite.addEventListener('click', () => attempt(invite, () => isInvited ? this.#client.moderate('withdraw-invitation', hand.id) : this.#client.invite(hand.id)));
    const dismiss = find(item, '.dismiss');
    dismiss.setAttribute('aria-label', `Lower the hand of ${name}`);
    dismiss.addEventListener('click', () => attempt(dismiss, () => this.#client.moderate('lower-hand', hand.id)));
    return item;
  }
}
