import { hue, initials } from './avatar.js';
import { clone, find, get } from './dom.js';
import { hearingWords } from './words.js';

/** One's own microphone hears the room as well; below this it is not speech. */
const OWN_THRESHOLD = 0.2;

/** Between two words nobody stops being a speaker. */
const HOLD_MS = 350;

const ROLES = { moderator: 'Moderator' };

/** @typedef {import('../sfu-client.js').Roster} Roster */
/** @typedef {import('../sfu-client.js').Member} Member */

/** The people on the stage, and the ring around who speaks. */
export class StageList {
  #list = get('stage');
  /** @type {Map<string, HTMLElement>} By id of the stay, in the order of the stage. */
  #elements = new Map();
  /** As they are now. @type {WeakMap<HTMLElement, Member>} */
  #members = new WeakMap();
  /** @type {string | undefined} */
  #ownId;
  #ownSpokeAt = -Infinity;
  #onMember;

  /** @param {(member: Member) => void} onMember Something is to be done with somebody. */
  constructor(onMember) {
    this.#onMember = onMember;
  }

  clear() {
    this.#elements.clear();
    this.#list.replaceChildren();
  }

  /** @param {Roster} roster */
  show({ stage, self, heard }) {
    this.#ownId = self?.id;
    for (const [id, element] of this.#elements) {
      if (stage.some((member) => member.id === id)) continue;
      element.remove();
      this.#elements.delete(id);
    }
    for (const member of stage) this.#show(member);
    for (const [id, element] of this.#elements) element.dataset.dominant = String(id === heard.dominant);
    this.#list.dataset.count = String(stage.length);
    this.#list.dataset.crowd = stage.length <= 2 ? 'few' : stage.length <= 6 ? 'some' : 'many';
    get('empty-stage').hidden = stage.length > 0;
  }

  /** @param {import('../sfu-client.js').SpeakersDetail} detail */
  showSpeakers({ speakers, own }) {
    const levels = new Map(speakers.map(({ member, level }) => [member.id, level]));
    if (own !== null && own > OWN_THRESHOLD) this.#ownSpokeAt = performance.now();
    if (own !== null && this.#ownId !== undefined && performance.now() - this.#ownSpokeAt < HOLD_MS) levels.set(this.#ownId, own);
    for (const [id, element] of this.#elements) {
      const level = levels.get(id);
      const speaking = String(level !== undefined && element.dataset.muted !== 'true');
      if (element.dataset.speaking !== speaking) element.dataset.speaking = speaking;
      element.style.setProperty('--level', (level ?? 0).toFixed(2));
    }
  }

  /** @param {Member} member */
  #show(member) {
    let element = this.#elements.get(member.id);
    if (element === undefined) {
      element = clone('member');
      element.dataset.id = member.id;
      element.dataset.speaking = 'false';
      this.#elements.set(member.id, element);
      const known = element;
      find(element, '.member-more').addEventListener('click', () => this.#onMember(/** @type {Member} */ (this.#members.get(known))));
      this.#list.append(element);
    }
    this.#members.set(element, member);
    const { identity, name, role, csrc, muted, hearing } = member;
    const isSelf = member.id === this.#ownId;
    Object.assign(element.dataset, { identity, role, csrc, muted, hearing: hearing ?? 'voice', self: isSelf });
    element.style.setProperty('--hue', String(hue(identity)));
    find(element, '.avatar').textContent = initials(name || identity);
    find(element, '.member-name').textContent = name || identity;
    find(element, '.member-name').title = name || identity;
    find(element, '.muted-badge').hidden = !muted;
    find(element, '.you').hidden = !isSelf;
    find(element, '.member-more').hidden = isSelf;
    find(element, '.member-more').setAttribute('aria-label', `What to do with ${name || identity}`);
    find(element, '.hearing').hidden = !hearing;
    find(element, '.hearing').textContent = hearingWords(hearing);
    find(element, '.role').hidden = !(role in ROLES);
    find(element, '.role').textContent = ROLES[/** @type {'moderator'} */ (role)] ?? '';
  }
}
