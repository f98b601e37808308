import { attempt } from './attempt.js';
import { paintAvatar } from './avatar.js';
import { clone, find, get } from './dom.js';

const PAGE = 50;

/** While somebody types nobody is asked. */
const PAUSE_MS = 250;

/** The audience comes and goes all the time; nobody has to be told at once. */
const REFRESH_MS = 5_000;

/** Those who listen: asked for page by page, because nobody is told who comes and goes. */
export class AudienceList {
  #list = get('people');
  #client;
  #onPerson;
  /** @type {string | undefined} */
  #next;
  /** An answer that was overtaken by another question is dropped. */
  #question = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #pause;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #refresh;
  /** How many listened when the list was made. */
  #audience = 0;

  /**
   * @param {import('../sfu-client.js').SfuClient} client
   * @param {(person: import('./moderation.js').Person) => void} onPerson
   */
  constructor(client, onPerson) {
    this.#client = client;
    this.#onPerson = onPerson;
    get('people-search').addEventListener('input', () => {
      clearTimeout(this.#pause);
      this.#pause = setTimeout(() => this.load(), PAUSE_MS);
    });
    get('more-people').addEventListener('click', () => this.#ask(this.#next));
  }

  /** The first page, anew. */
  load() {
    return this.#ask(undefined);
  }

  /**
   * Looks again in a while when somebody came or went; who has paged on is left in peace.
   * @param {import('../sfu-client.js').Roster} roster
   */
  follow({ audience }) {
    if (audience === this.#audience || this.#refresh !== undefined || get('people-panel').hidden || this.#list.children.length > PAGE) return;
    this.#refresh = setTimeout(() => {
      this.#refresh = undefined;
      if (!get('people-panel').hidden) this.load();
    }, REFRESH_MS);
  }

  clear() {
    clearTimeout(this.#pause);
    clearTimeout(this.#refresh);
    this.#refresh = undefined;
    get('people-search').value = '';
    this.#list.replaceChildren();
  }

  /** @param {string | undefined} from */
  async #ask(from) {
    const question = ++this.#question;
    this.#audience = this.#client.roster.audience;
    await attempt(get('more-people'), async () => {
      const prefix = get('people-search').value.trim();
      const { listeners, next } = await this.#client.listAudience({ prefix, from, size: PAGE });
      if (question !== this.#question) return;
      const focused = /** @type {HTMLElement | null} */ (document.activeElement?.closest('#people [data-id]'))?.dataset.id;
      const items = listeners.map((listener) => this.#item(listener));
      if (from === undefined) this.#list.replaceChildren(...items);
      else this.#list.append(...items);
      this.#next = next;
      if (focused !== undefined) this.#list.querySelector(`[data-id="${CSS.escape(focused)}"] .more`)?.focus();
      get('more-people').hidden = next === undefined;
      get('no-people').textContent = this.#list.children.length > 0 ? '' : prefix ? 'Nobody of that name is listening.' : 'Nobody is listening.';
    });
  }

  /** @param {import('../sfu-client.js').Listener} listener */
  #item(listener) {
    const item = clone('listener-item');
    const name = listener.name || listener.identity;
    item.dataset.id = listener.id;
    paintAvatar(find(item, '.avatar'), listener);
    find(item, '.person-name').textContent = name;
    const more = find(item, '.more');
    more.hidden = listener.id === this.#client.roster.self?.id;
    more.setAttribute('aria-label', `What to do with ${name}`);
    more.addEventListener('click', () => this.#onPerson({ ...listener, onStage: false }));
    return item;
  }
}
