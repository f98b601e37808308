import { attempt } from './attempt.js';
import { paintAvatar } from './avatar.js';
import { dialog } from './dialogs.js';
import { get } from './dom.js';
import { actionsFor } from './moderation.js';
import { personWords } from './words.js';

/** @typedef {import('./moderation.js').Person} Person */
/** @typedef {import('./moderation.js').Action} Action */

/** What can be done with one person, in a dialog. */
export class PersonMenu {
  #dialog = dialog('person-menu');
  #client;
  #onMessage;

  /**
   * @param {import('../sfu-client.js').SfuClient} client
   * @param {(person: Person) => void} onMessage Somebody is to be written to.
   */
  constructor(client, onMessage) {
    this.#client = client;
    this.#onMessage = onMessage;
  }

  /** @param {Person} person */
  open(person) {
    paintAvatar(get('person-avatar'), person);
    get('person-name').textContent = person.name || person.identity;
    get('person-words').textContent = personWords(person);
    get('person-actions').replaceChildren(...actionsFor(person, this.#client.roster).map((action) => this.#button(person, action)));
    this.#dialog.showModal();
  }

  close() {
    this.#dialog.close();
  }

  /**
   * @param {Person} person
   * @param {Action} action
   */
  #button(person, action) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = action.act === 'remove' || action.danger ? 'button quiet' : 'button';
    button.textContent = action.words;
    button.dataset.testid = action.ban ? 'act-ban' : `act-${action.act}`;
    let isSure = !action.danger;
    button.addEventListener('click', async () => {
      if (!isSure) {
        isSure = true;
        button.textContent = `${action.words}: press again if you are sure`;
        return;
      }
      if (await attempt(button, () => this.#do(person, action))) this.close();
    });
    return button;
  }

  /**
   * @param {Person} person
   * @param {Action} action
   */
  async #do(person, { act, ban }) {
    if (act === 'message') this.#onMessage(person);
    else if (act === 'invite') await this.#client.invite(person.id);
    else await this.#client.moderate(act, person.id, { ban });
  }
}
