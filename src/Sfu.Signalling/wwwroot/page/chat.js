import { attempt } from './attempt.js';
import { hue } from './avatar.js';
import { clone, find, get } from './dom.js';

/** Older ones go. */
const MOST = 200;

const WHERE = new Map([['stage', 'to the stage'], ['room', '']]);

/** Messages, for as long as one is here. */
export class Chat {
  #list = get('messages');
  #to = get('message-to');
  #client;

  /**
   * @param {import('../sfu-client.js').SfuClient} client
   * @param {() => void} onMessage One came.
   */
  constructor(client, onMessage) {
    this.#client = client;
    client.addEventListener('message', ({ detail: { from, name, to, text } }) => {
      this.#add({ from, name: from === '' ? 'The host' : name, where: WHERE.get(to) ?? 'to you', text });
      onMessage();
    });
    get('message-form').addEventListener('submit', (/** @type {Event} */ event) => {
      event.preventDefault();
      this.#send(get('message-text').value.trim());
    });
  }

  clear() {
    this.#list.replaceChildren();
    get('no-messages').hidden = false;
    this.#to.value = 'room';
    for (const option of [...this.#to.options].slice(WHERE.size)) option.remove();
  }

  /** @param {{ id: string, identity: string, name: string }} person */
  writeTo({ id, identity, name }) {
    if (![...this.#to.options].some((option) => option.value === id)) this.#to.append(new Option(name || identity, id));
    this.#to.value = id;
    get('message-text').focus();
  }

  /** @param {string} text */
  async #send(text) {
    if (text === '') return;
    const to = this.#to.value;
    const isSent = await attempt(get('message-form').querySelector('button'), () => this.#client.sendMessage(text, { to, topic: 'chat' }));
    if (!isSent) return;
    get('message-text').value = '';
    // What is for one alone does not come back.
    const { self } = this.#client.roster;
    if (!WHERE.has(to) && self !== null) this.#add({ from: self.id, name: self.name, where: `to ${this.#to.selectedOptions[0].text}`, text });
  }

  /** @param {{ from: string, name: string, where: string, text: string }} message */
  #add({ from, name, where, text }) {
    const item = clone('message-item');
    item.dataset.own = String(from === this.#client.roster.self?.id);
    item.style.setProperty('--hue', String(hue(from)));
    const author = item.dataset.own === 'true' ? 'You' : name;
    find(item, '.message-from').textContent = where === '' ? author : `${author} ${where}`;
    find(item, '.message-text').textContent = text;
    this.#list.append(item);
    while (this.#list.children.length > MOST) this.#list.firstElementChild.remove();
    get('no-messages').hidden = true;
    this.#list.scrollTop = this.#list.scrollHeight;
  }
}
