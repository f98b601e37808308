import { paintAvatar } from './avatar.js';
import { fetchRooms } from './dev-server.js';
import { clone, find, get } from './dom.js';
import { roomWords } from './words.js';

/** @typedef {{ room: string, name: string, role: string, token: string }} Wish */

const REFRESH_MS = 3_000;
const MOST_FACES = 4;
const REMEMBERED = 'sfu.name';

/** Where somebody says who they are and which room they want. */
export class StartView {
  #root = get('start-view');
  #form = get('join-form');
  #onWish;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #refreshing;
  #shown = '';

  /** @param {(wish: Wish) => void} onWish */
  constructor(onWish) {
    this.#onWish = onWish;
    get('name').value = remembered();
    this.#form.addEventListener('submit', (/** @type {Event} */ event) => {
      event.preventDefault();
      this.#submit(get('room').value.trim());
    });
    for (const id of ['name', 'room']) get(id).addEventListener('input', () => complain(id, ''));
  }

  /** @param {Partial<Wish>} wish */
  fill({ room, name, role, token }) {
    if (room) get('room').value = room;
    if (name) get('name').value = name;
    if (token) get('token').value = token;
    for (const radio of this.#form.elements.namedItem('role') ?? []) if (radio.value === role) radio.checked = true;
  }

  /** @param {string} [notice] Why one is here again. */
  show(notice = '') {
    this.#root.hidden = false;
    this.setBusy(false);
    get('notice').textContent = notice;
    get('notice').hidden = notice === '';
    this.#refresh();
    clearInterval(this.#refreshing);
    this.#refreshing = setInterval(() => this.#refresh(), REFRESH_MS);
  }

  hide() {
    this.#root.hidden = true;
    clearInterval(this.#refreshing);
  }

  /** @param {boolean} busy While the room is being entered. */
  setBusy(busy) {
    this.#form.toggleAttribute('data-busy', busy);
    for (const button of this.#form.querySelectorAll('button')) button.disabled = busy;
  }

  /** This server wants a token that somebody else made. */
  askForToken() {
    get('token-field').hidden = false;
    get('rooms').hidden = true;
    get('roles').hidden = true;
    get('room-label').textContent = 'Room';
  }

  /** @param {string} room */
  #submit(room) {
    const name = get('name').value.trim();
    complain('name', name ? '' : 'Tell the others your name first.');
    complain('room', room ? '' : 'Name the room.');
    if (!name || !room) {
      get(name ? 'room' : 'name').focus();
      return;
    }
    remember(name);
    this.#onWish({ room, name, role: this.#form.elements.namedItem('role').value, token: get('token').value.trim() });
  }

  async #refresh() {
    const rooms = await fetchRooms().catch(() => []);
    if (rooms === null) this.askForToken();
    else this.#list(rooms);
  }

  /** @param {import('./dev-server.js').LiveRoom[]} rooms */
  #list(rooms) {
    // Nothing moves under the pointer, and no focus is lost, while nothing changes.
    const text = JSON.stringify(rooms);
    if (text === this.#shown || this.#form.hasAttribute('data-busy')) return;
    this.#shown = text;
    const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset.room;
    const items = [...rooms].sort(byCrowd).map((room) => this.#item(room));
    get('room-list').replaceChildren(...items);
    get('no-rooms').hidden = items.length > 0;
    if (focused !== undefined) [...this.#form.querySelectorAll('[data-room]')].find((item) => item.dataset.room === focused)?.focus();
  }

  /** @param {import('./dev-server.js').LiveRoom} room */
  #item(room) {
    const item = clone('room-item');
    const button = find(item, 'button');
    button.dataset.room = room.name;
    find(item, '.room-item-name').textContent = room.name;
    find(item, '.room-item-count').textContent = roomWords(room.stage.length, room.audience);
    for (const name of room.stage.slice(0, MOST_FACES)) {
      const face = document.createElement('span');
      face.className = 'avatar';
      paintAvatar(face, { identity: name, name });
      find(item, '.faces').append(face);
    }
    button.addEventListener('click', () => this.#submit(room.name));
    return item;
  }
}

/**
 * @param {import('./dev-server.js').LiveRoom} a
 * @param {import('./dev-server.js').LiveRoom} b
 */
function byCrowd(a, b) {
  return b.stage.length + b.audience - (a.stage.length + a.audience) || a.name.localeCompare(b.name);
}

/**
 * @param {string} id Of the input.
 * @param {string} words Empty when nothing is wrong.
 */
function complain(id, words) {
  const error = get(`${id}-error`);
  error.textContent = words;
  error.hidden = words === '';
  get(id).setAttribute('aria-invalid', String(words !== ''));
}

function remembered() {
  try {
    return localStorage.getItem(REMEMBERED) ?? '';
  } catch {
    // Storage may be forbidden.
    return '';
  }
}

/** @param {string} name */
function remember(name) {
  try {
    localStorage.setItem(REMEMBERED, name);
  } catch {
    // Then it is typed again next time.
  }
}
