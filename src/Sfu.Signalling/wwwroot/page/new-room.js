import { attempt } from './attempt.js';
import { createRoom } from './dev-server.js';
import { dialog } from './dialogs.js';
import { get } from './dom.js';

/** Of a name that is made of a title. */
const MOST_CHARACTERS = 60;

/**
 * @param {string} title
 * @returns {string} What the room is called in addresses; empty when nothing of the title is left.
 */
export function nameOf(title) {
  return title.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '').normalize('NFC').replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').slice(0, MOST_CHARACTERS);
}

/** @param {string} text Topics with commas between them. */
export function tagsOf(text) {
  return text.split(',').map((tag) => tag.trim()).filter(Boolean);
}

/** Opens a room with settings; only a server without configured keys does that for a page. */
export class NewRoom {
  #dialog = dialog('new-room-dialog');
  #form = get('new-room-form');
  #onCreated;

  /** @param {(room: string) => void} onCreated Called with the room's name; it waits some seconds for its first guest. */
  constructor(onCreated) {
    this.#onCreated = onCreated;
    get('new-room').addEventListener('click', () => this.#dialog.showModal());
    this.#form.addEventListener('submit', (/** @type {Event} */ event) => {
      event.preventDefault();
      this.#submit();
    });
  }

  async #submit() {
    const title = get('new-title').value.trim();
    const name = nameOf(title);
    this.#complain(name ? '' : 'Give the room a title first.');
    if (!name) return;
    const isCreated = await attempt(this.#form.querySelector('[type=submit]'), () => createRoom({ name, title, ...this.#settings() }));
    if (!isCreated) return;
    this.#dialog.close();
    this.#form.reset();
    this.#onCreated(name);
  }

  #settings() {
    const opens = get('new-opens').value;
    return {
      tags: tagsOf(get('new-tags').value),
      profile: this.#form.elements.namedItem('profile').value,
      visibility: this.#form.elements.namedItem('visibility').value,
      hands: get('new-hands').value,
      maxStage: number('new-stage'),
      maxAudience: number('new-audience'),
      waitingList: get('new-waiting').checked,
      opensAt: opens ? new Date(opens).toISOString() : undefined,
    };
  }

  /** @param {string} words Empty when nothing is wrong. */
  #complain(words) {
    get('new-title-error').textContent = words;
    get('new-title-error').hidden = words === '';
    if (words) get('new-title').focus();
  }
}

/** @param {string} id Of an input; left empty, the server chooses. */
function number(id) {
  const value = get(id).valueAsNumber;
  return Number.isNaN(value) ? undefined : Math.trunc(value);
}
