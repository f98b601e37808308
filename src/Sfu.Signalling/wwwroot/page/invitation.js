import { attempt } from './attempt.js';
import { get } from './dom.js';
import { toast } from './toasts.js';
import { invitationWords } from './words.js';

/** Asks whether one wants to come onto the stage, for as long as the invitation stands. */
export class Invitation {
  #dialog = get('invitation');
  #by = '';

  /** @param {import('../sfu-client.js').SfuClient} client */
  constructor(client) {
    client.addEventListener('invited', ({ detail }) => (this.#by = detail.by));
    client.addEventListener('invitationended', ({ detail }) => {
      if (detail.end === 'withdrawn' || detail.end === 'expired') toast(invitationWords(detail.end), `invitation-${detail.end}`);
    });
    get('accept').addEventListener('click', () => attempt(get('accept'), () => client.acceptInvitation()));
    get('decline').addEventListener('click', () => attempt(get('decline'), () => client.declineInvitation()));
    // Escape is an answer too.
    this.#dialog.addEventListener('cancel', () => client.declineInvitation().catch(() => {}));
  }

  /** @param {import('../sfu-client.js').Roster} roster */
  show({ self, stage, settings }) {
    if (!self?.invited) {
      this.#dialog.close();
      return;
    }
    if (this.#dialog.open) return;
    const by = stage.find((member) => member.id === this.#by);
    get('invitation-words').textContent = invitationWords('', by?.name);
    get('accept').textContent = settings?.profile === 'silent' ? 'Accept' : 'Accept and speak';
    this.#dialog.showModal();
  }

  close() {
    this.#dialog.close();
  }
}
