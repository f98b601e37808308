import { fetchRooms } from './dev-server.js';
import { get } from './dom.js';
import { Hallway } from './hallway.js';
import { NewRoom } from './new-room.js';

/** @typedef {{ room: string, name: string, role: string, token: string, inviteCode: string }} Wish */

const REFRESH_MS = 3_000;
const REMEMBERED = 'sfu.name';

/** Where somebody says who they are and which room they want. */
export class StartView {
  #root = get('start-view');
  #form = get('join-form');
  #hallway = new Hallway((room) => this.#submit(room));
  #onWish;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #refreshing;

  /** @param {(wish: Wish) => void} onWish */
  constructor(onWish) {
    this.#onWish = onWish;
    // Whoever opens a room moderates it.
    new NewRoom((room) => this.#submit(room, 'moderator'));
    get('name').value = remembered();
    this.#form.addEventListener('submit', (/** @type {Event} */ event) => {
      event.preventDefault();
      this.#submit(get('room').value.trim());
    });
    for (const id of ['name', 'room']) get(id).addEventListener('input', () => complain(id, ''));
  }

  /** @param {Partial<Wish>} wish */
  fill({ room, name, role, token, inviteCode }) {
    if (room) get('room').value = room;
    if (name) get('name').value = name;
    if (token) get('token').value = token;
    if (inviteCode) this.askForInvite(inviteCode);
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

  /** @param {string} [code] The one that is known already. */
  askForInvite(code = '') {
    get('invite-field').hidden = false;
    get('invite').value = code;
    if (code === '') get('invite').focus();
  }

  /**
   * @param {string} room
   * @param {string} [role] Rather than the one that is chosen.
   */
  #submit(room, role = this.#form.elements.namedItem('role').value) {
    const name = get('name').value.trim();
    complain('name', name ? '' : 'Tell the others your name first.');
    complain('room', room ? '' : 'Name the room.');
    if (!name || !room) {
      get(name ? 'room' : 'name').focus();
      return;
    }
    remember(name);
    this.#onWish({ room, name, role, token: get('token').value.trim(), inviteCode: get('invite').value.trim() });
  }

  async #refresh() {
    const rooms = await fetchRooms().catch(() => []);
    if (rooms === null) this.askForToken();
    else if (!this.#form.hasAttribute('data-busy')) this.#hallway.show(rooms);
  }
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
